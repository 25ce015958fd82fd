package pages

import (
	"slices"
	"strings"

	"vaelab/vaelib/words"
)

// shorts are what the course's notebooks are called where there is little room.
var shorts = map[string]string{
	"01_autoencoder_to_vae.ipynb": words.Mark("Autoencoder to VAE"), "02_kl_divergence.ipynb": words.Mark("KL divergence"),
	"03_train_vae.ipynb": words.Mark("Train VAE"), "04_kl_weight.ipynb": words.Mark("KL weight"), "05_kl_at_work.ipynb": words.Mark("KL at work"),
}

// short is a name for a row of links: the one above, else one made of the file's name.
func short(file string) string {
	if name, known := shorts[file]; known {
		return words.Text(name)
	}
	parts := strings.Split(strings.TrimSuffix(file, ".ipynb"), "_")[1:]
	for i, part := range parts {
		if slices.Contains([]string{"vae", "kl"}, part) {
			parts[i] = strings.ToUpper(part)
		} else if i == 0 {
			parts[i] = strings.ToUpper(part[:1]) + part[1:]
		}
	}
	return strings.Join(parts, " ")
}
