package reference

import "math"

// convolved is what the hidden layer sees of an image: the maps of two convolutions, channel by channel, where the network has them.
func (n Weights) convolved(image []float64) []float64 {
	for _, layer := range []string{"encoder/convolution_1", "encoder/convolution_2"} {
		if _, ok := n[layer+"/weights"]; ok {
			image = relu(n.narrow(image, layer))
		}
	}
	return image
}

// pixels are the logits that the decoder makes of its hidden layer.
func (n Weights) pixels(hidden []float64) []float64 {
	if _, ok := n["decoder/maps/weights"]; !ok {
		return n.dense(hidden, "decoder/pixels")
	}
	maps := relu(n.dense(hidden, "decoder/maps"))
	return n.widen(relu(n.widen(maps, "decoder/convolution_1")), "decoder/convolution_2")
}

// narrow is a convolution by its definition: 4×4 places, in steps of 2, with one place of zeros around.
func (n Weights) narrow(maps []float64, layer string) []float64 {
	weights, biases := n[layer+"/weights"], n[layer+"/biases"].Data
	in, out := weights.Dims[2], weights.Dims[3]
	side := int(math.Sqrt(float64(len(maps) / in)))
	half := side / 2
	result := make([]float64, out*half*half)
	for o := range out {
		for y := range half {
			for x := range half {
				at := &result[(o*half+y)*half+x]
				*at = float64(biases[o])
				for i := range 4 {
					for j := range 4 {
						for c := range in {
							v, u := 2*y+i-1, 2*x+j-1
							if 0 <= v && v < side && 0 <= u && u < side {
								*at += float64(weights.Data[((i*4+j)*in+c)*out+o]) * maps[(c*side+v)*side+u]
							}
						}
					}
				}
			}
		}
	}
	return result
}

// widen is a transposed convolution by its definition: each place adds its 4×4 weights to the places that it reaches.
func (n Weights) widen(maps []float64, layer string) []float64 {
	weights, biases := n[layer+"/weights"], n[layer+"/biases"].Data
	in, out := weights.Dims[2], weights.Dims[3]
	side := int(math.Sqrt(float64(len(maps) / in)))
	twice := 2 * side
	result := make([]float64, out*twice*twice)
	for o := range out {
		for k := range twice * twice {
			result[o*twice*twice+k] = float64(biases[o])
		}
		for c := range in {
			for y := range side {
				for x := range side {
					for i := range 4 {
						for j := range 4 {
							v, u := 2*y+i-1, 2*x+j-1
							if 0 <= v && v < twice && 0 <= u && u < twice {
								result[(o*twice+v)*twice+u] += float64(weights.Data[((i*4+j)*in+c)*out+o]) * maps[(c*side+y)*side+x]
							}
						}
					}
				}
			}
		}
	}
	return result
}
