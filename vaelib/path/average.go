package path

import "slices"

// Mean is the path through the mean of each number: the one answer with the least squared error. It has as many points as the shortest
// path, and none where there are no paths. Of demonstrations on both sides of an obstacle it is between them, where nobody
// went; see [vaelab/vaelib/kl.TwoPoints].
func Mean(paths []Path) Path {
	return each(paths, func(list []float64) (mean float64) {
		for _, x := range list {
			mean += x / float64(len(list))
		}
		return mean
	})
}

// Median is the path through the median of each number: an answer with the least absolute error. It follows the majority. Of an even
// number of paths any number between the two in the middle is as good, and it takes their mean: where just as many go left as right, that lies
// between them.
func Median(paths []Path) Path {
	return each(paths, func(list []float64) float64 {
		slices.Sort(list)
		n := len(list)
		return (list[(n-1)/2] + list[n/2]) / 2
	})
}

// each sums up the numbers of paths, one after the other.
func each(paths []Path, sum func(list []float64) float64) Path {
	if len(paths) == 0 {
		return nil
	}
	least := len(paths[0])
	for _, p := range paths {
		least = min(least, len(p))
	}
	average := make(Path, least)
	xs, ys := make([]float64, len(paths)), make([]float64, len(paths))
	for i := range average {
		for k, p := range paths {
			xs[k], ys[k] = p[i].X, p[i].Y
		}
		average[i] = Point{sum(xs), sum(ys)}
	}
	return average
}
