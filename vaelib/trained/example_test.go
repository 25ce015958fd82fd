package trained_test

import (
	"context"
	"fmt"
	"image"

	"vaelab/datasets"
	"vaelab/vaelib/measure"
	"vaelab/vaelib/run"
	"vaelab/vaelib/trained"
)

// greys is a network that paints each code as one grey, the code's first number: whatever answers three questions is a Coder.
type greys struct{}

func (greys) Encode(_ context.Context, set datasets.Images) (codes trained.Codes, err error) {
	for i := range set.Len() {
		codes.Mean = append(codes.Mean, []float64{float64(set.Image(i)[0]) / 255, 0})
	}
	return codes, nil
}

func (greys) Decode(_ context.Context, codes [][]float64) (pictures []*image.Gray, err error) {
	for _, z := range codes {
		g := image.NewGray(image.Rect(0, 0, 1, 1))
		g.Pix[0] = uint8(min(max(z[0], 0), 1) * 255)
		pictures = append(pictures, g)
	}
	return pictures, nil
}

func (greys) Bounds(context.Context, datasets.Images, measure.BoundOptions) (b trained.Bounds, err error) {
	return b, fmt.Errorf("greys have no likelihood")
}

// Across the plane of a two-dimensional code: the first number rises from left to right.
func ExampleModel_Plane() {
	m := trained.Model{Coder: greys{}, Config: run.Default()}
	pictures, axis, err := m.Plane(context.Background(), 3, 1)
	if err != nil {
		fmt.Println(err)
		return
	}
	for i, z := range axis {
		fmt.Printf("z₁ = %v: grey %d\n", z, pictures[i].Pix[0])
	}
	// Output:
	// z₁ = -1: grey 0
	// z₁ = 0: grey 0
	// z₁ = 1: grey 255
}
