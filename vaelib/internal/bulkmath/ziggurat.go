package bulkmath

import "math"

// The ziggurat (Marsaglia and Tsang 2000) covers the curve exp(−½x²), x ≥ 0, with 128 strips of one area. A random
// point of a random strip mostly lies so far left that it is under the curve whatever its height; its x is the draw.
const (
	strips = 128
	right  = 3.442619855899 // where the lowest strip's rectangle ends and the tail begins
)

// strip tells what most draws need to know of a strip. Its points have an x of n·width, −2³¹ ≤ n < 2³¹, and n is far
// enough left where |n| < sure; as n + (sure − 1) < 2·sure − 1, without a sign, that is one comparison.
type strip struct {
	width        float64
	offset, span uint32 // sure − 1 and 2·sure − 1; where sure is 0, no number is below the span
}

var (
	ziggurat [strips]strip
	edges    [strips]float32 // the curve's height where a strip ends on the right
)

// The tables are rounded as those of math/rand/v2 are, so that the draws are the same.
func init() {
	curve := func(x float64) float64 { return math.Exp(-0.5 * x * x) }
	set := func(i int, x, sure, edge float64) {
		ziggurat[i].width, edges[i] = float64(float32(x/(1<<31))), float32(edge)
		if n := uint32(sure / x * (1 << 31)); n > 0 {
			ziggurat[i].offset, ziggurat[i].span = n-1, 2*n-1
		}
	}
	area := right*curve(right) + math.Sqrt(math.Pi/2)*math.Erfc(right/math.Sqrt2)
	set(0, area/curve(right), right, 1) // the tail, as if it were a rectangle too
	x := right
	for i := strips - 1; i > 1; i-- {
		above := math.Sqrt(-2 * math.Log(area/x+curve(x)))
		set(i, x, above, curve(x))
		x = above
	}
	set(1, x, 0, curve(x))
}

// Normal fills dst with draws from N(0, 1), and gives the generator as it is then. They are those of
// rand.New(rand.NewPCG(…)).NormFloat64.
func (g PCG) Normal(dst []float64) PCG {
	for i := range dst {
		g = g.step()
		n, _, s := g.point()
		x := float64(n) * s.width
		if uint32(n)+s.offset >= s.span {
			x, g = g.unsure()
		}
		dst[i] = x
	}
	return g
}

// point gives a random point's n and its strip.
func (g PCG) point() (n int32, i uint64, s *strip) {
	word := g.word()
	i = word >> 32 % strips
	return int32(word), i, &ziggurat[i]
}

// unsure decides by its height whether a point that isn't far enough left is under the curve, and goes on until one
// is: of 100 draws, 3 come here.
func (g PCG) unsure() (float64, PCG) {
	for {
		n, i, s := g.point()
		x := float64(n) * s.width
		if uint32(n)+s.offset < s.span {
			return x, g
		}
		if i == 0 {
			return g.tail(n > 0)
		}
		g = g.step()
		if edges[i]+float32(g.float())*(edges[i-1]-edges[i]) < float32(join(split(-0.5*math.Log2E*x*x))) {
			return x, g
		}
		g = g.step()
	}
}

// tail draws from beyond the lowest strip's rectangle (Marsaglia 1964).
func (g PCG) tail(positive bool) (float64, PCG) {
	for {
		g = g.step()
		x := -math.Log(g.float()) * (1. / right)
		g = g.step()
		if y := -math.Log(g.float()); y+y < x*x {
			continue
		}
		if positive {
			return right + x, g
		}
		return -right - x, g
	}
}
