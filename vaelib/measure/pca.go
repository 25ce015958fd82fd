package measure

import (
	"image"
	"math"
	"sync"

	"vaelab/vaelib/words"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// Features is the usual number of PCA features that pictures are compared by.
const Features = 50

// PCA describes an image by a few numbers: how far it lies from the mean image along each of the directions in which
// the images that it was made from differ most (K. Pearson, 1901). Grey values count from 0 to 1, and the features
// keep their own scale: nothing is divided by its spread.
//
// Make it once from the training images with [NewPCA], and use the same for everything that is to be compared. Its
// fields hold all there is: encoding/json or encoding/gob keeps it in a file. The zero PCA, and nil, has no directions:
// [PCA.Validate] refuses it, and so does every other method.
type PCA struct {
	Width, Height int
	Mean          []float64   // the mean image, Height × Width
	Directions    [][]float64 // the most important first; each of length 1, Height × Width, its largest entry positive
	Variance      []float64   // of the images along each direction
	Total         float64     // the variance along all directions, those left out too
}

// NewPCA finds the k directions from two or more images.
//
// A sum of products of bytes is a whole number, and float64 adds whole numbers below 2⁵³ without rounding: the
// covariance of up to 370,000 images is exact but for one division, whatever their order.
func NewPCA(images Images, k int) (*PCA, error) {
	size, err := sizeOf(images)
	if err != nil {
		return nil, err
	}
	n, pixels := images.Len(), size.X*size.Y
	if most := min(n-1, pixels); k < 1 || k > most {
		return nil, words.Errorf("k is %d: %d images of %d pixels have between 1 and %d directions", k, n, pixels, most)
	}
	sum, products, err := moments(images, size)
	if err != nil {
		return nil, err
	}
	p := &PCA{Width: size.X, Height: size.Y, Mean: sum}
	covariance := mat.NewSymDense(pixels, nil)
	for i, a := range sum {
		for j := i; j < pixels; j++ {
			c := (float64(n)*products.At(i, j) - a*sum[j]) / (float64(n) * float64(n-1) * 255 * 255)
			covariance.SetSym(i, j, c)
		}
		p.Total += covariance.At(i, i)
	}
	floats.Scale(1/(255*float64(n)), p.Mean)
	if p.Total == 0 {
		return nil, words.Errorf("the images are all the same: they differ in no direction")
	}
	var eigen mat.EigenSym
	if !eigen.Factorize(covariance, true) {
		return nil, words.Errorf("the covariance's eigenvectors can't be found")
	}
	var vectors mat.Dense
	eigen.VectorsTo(&vectors)
	values := eigen.Values(nil)
	for i := range k {
		direction := mat.Col(nil, pixels-1-i, &vectors) // the eigenvalues rise
		p.Directions = append(p.Directions, upright(direction))
		p.Variance = append(p.Variance, max(values[pixels-1-i], 0))
	}
	return p, nil
}

// upright turns a direction so that its largest entry is positive: an eigenvector has no sign of its own.
func upright(direction []float64) []float64 {
	largest := 0.0
	for _, x := range direction {
		if math.Abs(x) > math.Abs(largest) {
			largest = x
		}
	}
	if largest < 0 {
		floats.Scale(-1, direction)
	}
	return direction
}

// moments are Σx and Σxxᵀ of the images' bytes.
func moments(images Images, size image.Point) ([]float64, *mat.SymDense, error) {
	pixels := size.X * size.Y
	sum, products := make([]float64, pixels), mat.NewSymDense(pixels, nil)
	x := mat.NewDense(64, pixels, nil) // so few that they stay in a cache while they are multiplied
	for first := 0; first < images.Len(); first += 64 {
		n := min(64, images.Len()-first)
		for i := range n {
			row := x.RawRowView(i)
			if err := read(row, images, first+i, size); err != nil {
				return nil, nil, err
			}
			floats.Add(sum, row)
		}
		products.SymRankK(products, 1, x.Slice(0, n, 0, pixels).T())
	}
	return sum, products, nil
}

// Features are the images' numbers: [images][k].
func (p *PCA) Features(images Images) ([][]float64, error) {
	if err := p.Validate(); err != nil {
		return nil, err
	}
	size, err := sizeOf(images)
	if err != nil {
		return nil, err
	}
	if size != p.size() {
		return nil, words.Errorf("the images are %d×%d pixels, but the PCA was made from %d×%d", size.X, size.Y, p.Width, p.Height)
	}
	k, pixels := len(p.Directions), p.Width*p.Height
	directions := mat.NewDense(k, pixels, nil)
	offset := make([]float64, k)
	for i, d := range p.Directions {
		directions.SetRow(i, d)
		offset[i] = floats.Dot(d, p.Mean)
	}
	out := newPoints(images.Len(), k)
	var failed firstError
	blocks(images.Len(), 64, func(first, end int) {
		x := mat.NewDense(end-first, pixels, nil)
		for i := first; i < end; i++ {
			if err := read(x.RawRowView(i-first), images, i, size); err != nil {
				failed.set(err)
				return
			}
		}
		part := mat.NewDense(end-first, k, out.data[first*k:end*k])
		part.Mul(x, directions.T())
		for i := first; i < end; i++ {
			row := out.row(i)
			for j := range row {
				row[j] = row[j]/255 - offset[j]
			}
		}
	})
	if failed.error != nil {
		return nil, failed.error
	}
	return out.rows(), nil
}

// Restore paints images from their features: the best that a code of so few numbers can do if decoding is a sum. With
// the first d features of each it is a PCA of d directions, to hold against an autoencoder with a code of d numbers.
func (p *PCA) Restore(features [][]float64) ([]*image.Gray, error) {
	if err := p.Validate(); err != nil {
		return nil, err
	}
	f, err := pack(words.Mark("features"), features, 1)
	if err != nil {
		return nil, err
	}
	if f.dim > len(p.Directions) {
		return nil, words.Errorf("the rows have %d features, but the PCA has %d directions", f.dim, len(p.Directions))
	}
	pictures := make([]*image.Gray, f.n)
	blocks(f.n, 64, func(first, end int) {
		grey := make([]float64, len(p.Mean))
		for i := first; i < end; i++ {
			copy(grey, p.Mean)
			for j, x := range f.row(i) {
				floats.AddScaled(grey, x, p.Directions[j])
			}
			m := image.NewGray(image.Rect(0, 0, p.Width, p.Height))
			for k, g := range grey {
				m.Pix[k] = uint8(255*max(0, min(g, 1)) + 0.5)
			}
			pictures[i] = m
		}
	})
	return pictures, nil
}

// Explained is the share of the images' variance that the first d features keep; d may be as many as there are.
func (p *PCA) Explained(d int) (float64, error) {
	if err := p.Validate(); err != nil {
		return 0, err
	}
	if d < 0 || d > len(p.Variance) {
		return 0, words.Errorf("d is %d: the PCA has %d directions", d, len(p.Variance))
	}
	return floats.Sum(p.Variance[:d]) / p.Total, nil
}

func (p *PCA) size() image.Point { return image.Pt(p.Width, p.Height) }

// Validate reports fields that don't fit together: those of a file that something else wrote.
func (p *PCA) Validate() error {
	if p == nil || len(p.Directions) == 0 {
		return words.Errorf("the PCA has no directions: make it with NewPCA")
	}
	pixels := p.Width * p.Height
	if len(p.Mean) != pixels || len(p.Variance) != len(p.Directions) {
		return words.Errorf("the PCA is damaged: %d×%d pixels with a mean of %d, %d directions with %d variances: make it anew with NewPCA",
			p.Width, p.Height, len(p.Mean), len(p.Directions), len(p.Variance))
	}
	for i, d := range p.Directions {
		if len(d) != pixels {
			return words.Errorf("the PCA is damaged: direction %d has %d pixels and not %d: make it anew with NewPCA", i, len(d), pixels)
		}
	}
	return nil
}

// firstError keeps the first error of many goroutines.
type firstError struct {
	once sync.Once
	error
}

func (f *firstError) set(err error) { f.once.Do(func() { f.error = err }) }
