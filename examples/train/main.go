// Train trains a VAE with KL weight 4 on the sample, prints its losses, and paints a code drawn from N(0, I) into sample.png.
package main

import (
	"context"
	"fmt"
	"image/png"
	"log"
	"os"

	"vaelab/datasets"
	"vaelab/vaelib/backend"
	"vaelab/vaelib/inference"
	"vaelab/vaelib/run"
	"vaelab/vaelib/trained"
	"vaelab/vaelib/training"
)

func main() {
	if err := train(context.Background()); err != nil {
		log.Fatal(err)
	}
}

func train(ctx context.Context) error {
	data, err := datasets.Sample()
	if err != nil {
		return err
	}
	b, err := backend.Open("") // XLA where the clone has it, else pure Go
	if err != nil {
		return err
	}
	defer b.Close()
	fmt.Println("computes:", b.Words)

	config := run.Default()
	config.KLWeight, config.Epochs = 4, 3
	done, err := training.Train(ctx, b, training.Job{Config: config, Data: data})
	if err != nil {
		return err
	}
	test := done.Last().Test
	fmt.Printf("reconstruction term %.1f, KL term %.2f, loss %.1f nats an image\n", test.Reconstruction, test.KL, test.Loss)

	network, err := inference.Open(b.Compute, done)
	if err != nil {
		return err
	}
	defer network.Close()
	pictures, err := trained.Model{Coder: network, Config: config}.Imagine(ctx, 1, 7)
	if err != nil {
		return err
	}
	file, err := os.Create("sample.png")
	if err != nil {
		return err
	}
	defer file.Close()
	return png.Encode(file, pictures[0])
}
