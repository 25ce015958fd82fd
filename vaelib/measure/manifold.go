package measure

import "vaelab/vaelib/words"

// Neighbours is the k that precision and recall are usually told for.
const Neighbours = 3

// Manifold is where a set of points lies, as far as it can be told from the points alone: the union of balls, one
// around each point, that reach to its k-th nearest neighbour. Make one with [NewManifold]. The zero Manifold, and nil, has
// no points: [Manifold.Share] answers with an error.
type Manifold struct {
	points points
	radius []float64 // squared
}

// NewManifold draws a ball around each row that reaches to its k-th nearest other row. More than k rows are needed.
func NewManifold(rows [][]float64, k int) (*Manifold, error) {
	if k < 1 {
		return nil, words.Errorf("k is %d: each ball reaches to the k-th nearest neighbour, so it must be at least 1", k)
	}
	if len(rows) <= k {
		return nil, words.Errorf("the list of points has %d rows: a ball that reaches to neighbour %d takes at least %d", len(rows), k, k+1)
	}
	p, err := pack(words.Mark("points"), rows, k+1)
	if err != nil {
		return nil, err
	}
	return &Manifold{points: p, radius: kth(p, k)}, nil
}

// Share is the share of rows that lie in at least one ball. A row on a ball's edge counts.
func (m *Manifold) Share(rows [][]float64) (float64, error) {
	if m == nil || m.points.n == 0 {
		return 0, words.Errorf("the manifold is empty: make one with NewManifold")
	}
	q, err := pack(words.Mark("points"), rows, 1)
	if err != nil {
		return 0, err
	}
	if q.dim != m.points.dim {
		return 0, words.Errorf("the points have %d numbers and the manifold's %d: take the same features of both", q.dim, m.points.dim)
	}
	return m.share(q), nil
}

func (m *Manifold) share(q points) float64 {
	inside := make([]bool, q.n)
	blocks(q.n, together, func(first, end int) {
		for j := range m.points.n {
			centre, radius := m.points.row(j), m.radius[j]
			for i := first; i < end; i++ {
				if !inside[i] && squared(q.row(i), centre, radius) <= radius {
					inside[i] = true
				}
			}
		}
	})
	count := 0
	for _, in := range inside {
		if in {
			count++
		}
	}
	return float64(count) / float64(q.n)
}

// PrecisionRecall compares generated pictures with real ones, by their features (see PCA):
//
//	precision   the share of generated ones that lie among the real: do single pictures look right?
//	recall      the share of real ones that lie among the generated: is everything there that should be?
//
// "Among" means inside the set's Manifold with k neighbours. Both are 1 for equal sets and 0 for sets far apart; a
// model that paints one perfect picture again and again has precision 1 and recall near 0. They depend on k, on the
// features and on the numbers of pictures: compare only what agrees in all three, and take as many of each.
//
// T. Kynkäänniemi, T. Karras, S. Laine, J. Lehtinen, T. Aila, "Improved Precision and Recall Metric for Assessing
// Generative Models", 2019. There the features are a large network's; here they are plain PCA, which sees shape and
// shade and knows nothing of meaning.
func PrecisionRecall(real, generated [][]float64, k int) (precision, recall float64, err error) {
	r, err := NewManifold(real, k)
	if err != nil {
		return 0, 0, words.Errorf("real: %w", err)
	}
	g, err := NewManifold(generated, k)
	if err != nil {
		return 0, 0, words.Errorf("generated: %w", err)
	}
	if r.points.dim != g.points.dim {
		return 0, 0, words.Errorf("the real pictures have %d features and the generated %d: take the same features of both", r.points.dim, g.points.dim)
	}
	return r.share(g.points), g.share(r.points), nil
}
