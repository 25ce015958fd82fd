package measure

import (
	"math"

	"vaelab/vaelib/words"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// parts is how many parts the points are in, each of which adds up its own: so the sums don't depend on the number of cores.
const parts = 16

// improved is one round of EM on standardised points. It gives the mixture that it leads to, and the mean log-density under m, in nats a
// point.
func (m Mixture) improved(p points) (next Mixture, mean float64, err error) {
	pieces, err := m.pieces()
	if err != nil {
		return Mixture{}, 0, err
	}
	size := (p.n + parts - 1) / parts
	each, logs := make([][]sums, parts), make([]float64, parts)
	blocks(p.n, size, func(first, end int) {
		own := newSums(len(pieces), p.dim)
		shares, room := make([]float64, len(pieces)), make([]float64, p.dim)
		for i := first; i < end; i++ {
			log := logTerms(shares, pieces, p.row(i), room)
			logs[first/size] += log
			for k, c := range pieces {
				if share := math.Exp(shares[k] - log); share > 0 {
					floats.SubTo(room, p.row(i), c.mean)
					own[k].add(share, room)
				}
			}
		}
		each[first/size] = own
	})
	all := newSums(len(pieces), p.dim)
	for _, own := range each {
		for k := range own {
			all[k].join(own[k])
		}
	}
	next, err = m.moved(all)
	return next, floats.Sum(logs) / float64(p.n), err
}

// moved is the mixture whose components are the Gaussians of their sums around m's means. One that no point has a share in stays where
// it was, with the weight 0.
func (m Mixture) moved(all []sums) (Mixture, error) {
	next := Mixture{Weights: make([]float64, len(all)), Components: make([]Gaussian, len(all))}
	for k, s := range all {
		next.Weights[k], next.Components[k] = s.n, m.Components[k]
		if s.n == 0 {
			continue
		}
		var err error
		if next.Components[k], err = s.gaussian(m.Components[k].Mean); err != nil {
			return Mixture{}, err
		}
	}
	floats.Scale(1/floats.Sum(next.Weights), next.Weights)
	return next, nil
}

// sums are what a component's shares of points add up to: their number, the sum of their offsets from some place, and that of the
// products of two offsets, of which only the lower triangle is filled.
type sums struct {
	n      float64
	first  []float64
	second []float64 // [dim][dim]
}

func newSums(components, dim int) []sums {
	list := make([]sums, components)
	for k := range list {
		list[k] = sums{first: make([]float64, dim), second: make([]float64, dim*dim)}
	}
	return list
}

func (s *sums) add(share float64, offset []float64) {
	s.n += share
	for i, x := range offset {
		t := share * x
		s.first[i] += t
		row := s.second[i*len(offset):][:i+1]
		for j, y := range offset[:len(row)] {
			row[j] += t * y
		}
	}
}

func (s *sums) join(other sums) {
	s.n += other.n
	floats.Add(s.first, other.first)
	floats.Add(s.second, other.second)
}

// gaussian is the likeliest Gaussian with at least CovarianceFloor in every direction.
func (s sums) gaussian(place []float64) (Gaussian, error) {
	dim := len(place)
	g := Gaussian{Mean: make([]float64, dim), Covariance: mat.NewSymDense(dim, nil)}
	for i := range dim {
		g.Mean[i] = place[i] + s.first[i]/s.n
		for j := range i + 1 {
			g.Covariance.SetSym(i, j, s.second[i*dim+j]/s.n-s.first[i]/s.n*(s.first[j]/s.n))
		}
	}
	return g, lift(g.Covariance, CovarianceFloor)
}

// lift raises the variance to least in each direction that has less. Of all covariances with at least that much it gives those points the
// highest likelihood from which c came, so EM doesn't lower it either.
func lift(c *mat.SymDense, least float64) error {
	dim := c.SymmetricDim()
	over := mat.NewSymDense(dim, nil)
	over.CopySym(c)
	for i := range dim {
		over.SetSym(i, i, over.At(i, i)-least)
	}
	var root mat.Cholesky
	if root.Factorize(over) {
		return nil // all directions have more
	}
	var eigen mat.EigenSym
	if !eigen.Factorize(c, true) {
		return words.Errorf("the covariance's eigenvalues can't be found: check that the points are neither huge nor tiny")
	}
	values := eigen.Values(nil)
	var v, scaled mat.Dense
	eigen.VectorsTo(&v)
	scaled.Apply(func(_, j int, x float64) float64 { return x * math.Sqrt(max(values[j], least)) }, &v)
	c.SymOuterK(1, &scaled)
	return nil
}
