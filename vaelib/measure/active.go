package measure

import (
	"gonum.org/v1/gonum/stat"

	"vaelab/vaelib/words"
)

// ActiveVariance is the variance above which a dimension of the code counts as active.
const ActiveVariance = 0.01

// ActiveUnits counts the dimensions of the code that say something about the image: those whose posterior mean varies
// from image to image by more than ActiveVariance. It gives each dimension's variance too (divided by n − 1). An unused
// dimension has μ = 0 and σ = 1 for every image: it costs no KL, and tells nothing. An AE has no N(0, 1) to rest at,
// and its spread has no fixed scale: for an AE the count means little.
//
// Y. Burda, R. Grosse, R. Salakhutdinov, "Importance Weighted Autoencoders", 2016: Var_x(E_{q(u|x)}[u]) > 10⁻².
func ActiveUnits(means [][]float64) (active int, variance []float64, err error) {
	p, err := pack(words.Mark("means"), means, 2)
	if err != nil {
		return 0, nil, err
	}
	variance = make([]float64, p.dim)
	column := make([]float64, p.n)
	for j := range variance {
		for i := range column {
			column[i] = p.row(i)[j]
		}
		variance[j] = stat.Variance(column, nil)
		if variance[j] > ActiveVariance {
			active++
		}
	}
	return active, variance, nil
}
