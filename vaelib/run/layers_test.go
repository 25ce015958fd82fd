package run_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"vaelab/vaelib/run"
)

func withConvolutions() run.Config {
	c := run.Default()
	c.Layers = run.Convolutional
	return c
}

func TestValidateOfLayers(t *testing.T) {
	c := withConvolutions()
	if err := c.Validate(); err != nil {
		t.Error(err)
	}
	c.Hidden, c.Decoder = 0, run.Gaussian
	refused(t, c, "Layers")
	for _, word := range []string{"dense", "CONV", "conv "} {
		c := run.Default()
		c.Layers = run.Layers(word)
		refused(t, c, "Layers")
	}
}

// Two convolutions halve a side twice, in the middle of a square.
func TestFits(t *testing.T) {
	for _, c := range []struct {
		width, height int
		fits          bool
	}{{28, 28, true}, {4, 4, true}, {128, 128, true}, {8, 12, false}, {30, 30, false}, {2, 2, false}, {47, 1, false}} {
		err := withConvolutions().Fits(c.width, c.height)
		if (err == nil) != c.fits {
			t.Errorf("%d×%d: %v", c.width, c.height, err)
		}
		if wrong := (*run.SettingError)(nil); err != nil && (!errors.As(err, &wrong) || wrong.Setting != "Layers" || wrong.Value != run.Convolutional) {
			t.Errorf("%d×%d: %#v", c.width, c.height, err)
		}
		if err := run.Default().Fits(c.width, c.height); err != nil {
			t.Errorf("dense, %d×%d: %v", c.width, c.height, err)
		}
	}
}

// Convolutions stand before the dense layers, which stay as large as they are without.
func TestWeightsOfConvolutions(t *testing.T) {
	sizes := map[string]string{}
	for _, w := range run.Weights(run.Default(), 28*28) {
		sizes[w.Name] = fmt.Sprint(w.Dims, w.FanIn)
	}
	var added []string
	for _, w := range run.Weights(withConvolutions(), 28*28) {
		size := fmt.Sprint(w.Dims, w.FanIn)
		dense := strings.Replace(w.Name, "maps", "pixels", 1)
		if was, ok := sizes[dense]; !ok {
			added = append(added, w.Name+" "+size)
		} else if was != size {
			t.Errorf("%s has the size %s, without convolutions %s", w.Name, size, was)
		}
		delete(sizes, dense)
	}
	want := []string{
		"encoder/convolution_1/weights [4 4 1 8] 16", "encoder/convolution_1/biases [8] 16",
		"encoder/convolution_2/weights [4 4 8 16] 128", "encoder/convolution_2/biases [16] 128",
		"decoder/convolution_1/weights [4 4 16 8] 64", "decoder/convolution_1/biases [8] 64",
		"decoder/convolution_2/weights [4 4 8 1] 32", "decoder/convolution_2/biases [1] 32",
	}
	if fmt.Sprint(added) != fmt.Sprint(want) || len(sizes) > 0 {
		t.Errorf("added are %q, want %q; left out are %v", added, want, sizes)
	}
}

func TestKeysOfConvolutionsReadWell(t *testing.T) {
	id := identity()
	id.Layers = run.Convolutional
	if key := id.Key(); !strings.HasPrefix(key, "vae-z2-h400-kl1-e15-s1-bars-go-conv-") {
		t.Errorf("the key is %s", key)
	}
}

// Which pictures two convolutions can take.
func ExampleConfig_Fits() {
	config := run.Default()
	config.Layers = run.Convolutional
	fmt.Println(config.Fits(28, 28))
	fmt.Println(config.Fits(30, 20))
	// Output:
	// <nil>
	// Layers is run.Convolutional, but the images have 30×20 pixels: convolutions need a square whose side is a multiple of 4; leave Layers out, or bring the images to such a size
}
