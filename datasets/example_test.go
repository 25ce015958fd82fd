package datasets_test

import (
	"context"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"

	"vaelab/datasets"
)

// The sample is part of the module: opening it takes milliseconds and no network.
func ExampleSample() {
	data, err := datasets.Sample()
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(data.Title, data.Source)
	fmt.Println(data.Train.Len(), "to train on,", data.Test.Len(), "to test on,", data.Train.Height, "×", data.Train.Width, "pixels")
	fmt.Println("the first is a", data.Train.Classes[data.Train.Labels[0]])
	// Output:
	// Fashion-MNIST, a sample of 10,000 embedded in the module
	// 10000 to train on, 2000 to test on, 28 × 28 pixels
	// the first is a Coat
}

// Three images of every class, in the order of the classes, make a figure of ten rows.
func ExampleImages_OfEachClass() {
	data, err := datasets.Sample()
	if err != nil {
		fmt.Println(err)
		return
	}
	rows := data.Test.OfEachClass(3)
	for i := 0; i < rows.Len(); i += 3 {
		fmt.Println(rows.Labels[i:i+3], rows.Classes[rows.Labels[i]])
	}
	// Output:
	// [0 0 0] T-shirt/top
	// [1 1 1] Trouser
	// [2 2 2] Pullover
	// [3 3 3] Dress
	// [4 4 4] Coat
	// [5 5 5] Sandal
	// [6 6 6] Shirt
	// [7 7 7] Sneaker
	// [8 8 8] Bag
	// [9 9 9] Ankle boot
}

// A name that is not in the catalogue is answered with those that are.
func ExampleLoad() {
	_, err := datasets.Load(context.Background(), "fashion", datasets.Options{})
	fmt.Println(err)
	// Output:
	// there is no data set "fashion": choose one of fashion-mnist-sample, fashion-mnist, mnist
}

// A folder of pictures is a data set. What isn't a picture is left out, with a reason.
func ExamplePictures() {
	dir, err := os.MkdirTemp("", "cats")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	for i := range 12 {
		file, err := os.Create(filepath.Join(dir, fmt.Sprintf("%d.png", i)))
		if err != nil {
			fmt.Println(err)
			return
		}
		photo := image.NewGray(image.Rect(0, 0, 60, 40))
		photo.SetGray(12+3*i, 20, color.Gray{Y: 255})
		if err := png.Encode(file, photo); err != nil {
			fmt.Println(err)
		}
		file.Close()
	}
	if err := os.WriteFile(filepath.Join(dir, "notes.png"), []byte("Feed the cat."), 0o644); err != nil {
		fmt.Println(err)
	}
	data, report, err := datasets.Pictures(context.Background(), dir, datasets.PictureOptions{Size: 20})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(data.Train.Len(), "to train on,", data.Test.Len(), "to test on,", data.Train.Height, "×", data.Train.Width, "pixels")
	fmt.Println(report.Cropped, "weren't square")
	for _, left := range report.LeftOut {
		fmt.Println(left)
	}
	// Output:
	// 10 to train on, 2 to test on, 20 × 20 pixels
	// 12 weren't square
	// notes.png: it is no PNG or JPEG picture: it is text, and begins with "Feed the cat."
}
