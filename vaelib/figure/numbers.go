package figure

import (
	"fmt"
	"image"
	"image/color"
	"iter"
	"strconv"
	"strings"

	"vaelab/vaelib/words"
)

// Between the words of a number's place.
const Within = " › "

// numbered is a panel that shows numbers.
type numbered interface {
	numbers(yield func(place string, x float64))
}

// Numbers are what the figure shows in numbers, each with the words that a reader finds it by: of a plot the points of its paths
// and dots ("AE › 500"), of bars their lengths and parts, of loss curves each epoch, of images their brightness from 0 to 1,
// and the number in a row's label, of a map the share of its codes in each circle, of paths how many collide. In figures that stand side
// by side, the title of each comes first. These words are English, whatever language is spoken.
func (f Figure) Numbers() iter.Seq2[string, float64] {
	return func(yield func(string, float64) bool) {
		more := true
		if p, ok := f.panel.(numbered); ok && f.err == nil {
			p.numbers(func(place string, x float64) { more = more && yield(place, x) })
		}
	}
}

// short is a number as it stands in a place.
func short(x float64) string { return words.Significant(x, 6) }

func (p besidePanel) numbers(yield func(string, float64)) {
	for i, f := range p {
		title := words.English(f.Title)
		if title == "" {
			title = strconv.Itoa(i + 1)
		}
		for place, x := range f.Numbers() {
			yield(title+Within+place, x)
		}
	}
}

func (p *plotPanel) numbers(yield func(string, float64)) {
	seen := map[string]int{}
	for _, l := range p.layers {
		if l.f != nil || l.kind == bandLayer {
			continue
		}
		name := words.English(l.name)
		for i := range min(len(l.xs), len(l.ys)) {
			place := name + Within + short(l.xs[i])
			if seen[place]++; seen[place] > 1 {
				place += fmt.Sprintf(" (%d)", seen[place])
			}
			yield(place, l.ys[i])
		}
	}
}

func (p *barsPanel) numbers(yield func(string, float64)) {
	for _, b := range p.bars {
		label := words.English(b.Label)
		yield(label, b.total())
		for k, name := range p.parts {
			yield(label+Within+words.English(name), b.Parts[k])
		}
	}
}

func (p *curvesPanel) numbers(yield func(string, float64)) {
	for _, c := range p.curves {
		for i, point := range c.test {
			yield(fmt.Sprintf("%s, test%sepoch %g", c.name, Within, point[0]), point[1])
			if i < len(c.train) {
				yield(fmt.Sprintf("%s, training%sepoch %g", c.name, Within, point[0]), c.train[i][1])
			}
		}
	}
}

func (p *tradeoffPanel) numbers(yield func(string, float64)) {
	for _, m := range p.models {
		label := words.English(p.name(m))
		yield(label+Within+"rate", m.rate.mean)
		yield(label+Within+"distortion", m.distortion.mean)
	}
}

func (m *mapPanel) numbers(yield func(string, float64)) {
	for k := 1; k <= 3; k++ {
		yield(fmt.Sprintf("percent within %d σ", k), 100*m.share(float64(k)))
	}
}

func (g *galleryPanel) numbers(yield func(string, float64)) {
	for _, r := range g.rows {
		label, told, _ := strings.Cut(words.English(r.Label), ": ") // such as “AE, 2 numbers: 264 nats”
		if x, err := strconv.ParseFloat(strings.SplitN(told+" ", " ", 2)[0], 64); err == nil {
			yield(label, x)
		}
		all := 0.0
		for i, img := range r.Images {
			light := brightness(img)
			all += light / float64(len(r.Images))
			name := strconv.Itoa(i + 1)
			if i < len(g.under) {
				name = words.English(g.under[i])
			}
			if label != "" {
				name = label + Within + name
			}
			yield(name+Within+"brightness", light)
		}
		if label != "" {
			label += Within
		}
		yield(label+"brightness", all)
	}
}

func (p *planePanel) numbers(yield func(string, float64)) {
	all := 0.0
	for _, img := range p.images {
		all += brightness(img) / float64(len(p.images))
	}
	yield("light of the plane", all)
	wide, high := len(p.xs), len(p.ys)
	corners := 0.0
	for _, i := range []int{0, wide - 1, (high - 1) * wide, high*wide - 1} {
		corners += brightness(p.images[i]) / 4
	}
	yield("light in the corners", corners)
	yield("light in the middle", brightness(p.images[high/2*wide+wide/2]))
}

// brightness is an image's mean grey, from 0 for black to 1 for white.
func brightness(img image.Image) float64 {
	b := img.Bounds()
	sum := 0
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			sum += int(color.GrayModel.Convert(img.At(x, y)).(color.Gray).Y)
		}
	}
	return float64(sum) / float64(255*b.Dx()*b.Dy())
}
