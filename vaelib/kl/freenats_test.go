package kl_test

import (
	"math"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"gonum.org/v1/gonum/diff/fd"
	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"

	"vaelab/vaelib/kl"
)

// chargeByHand is each place of the clip as its source writes it.
func chargeByHand(c kl.Clip, nats [][]float64, lambda float64) float64 {
	m := mat.NewDense(len(nats), len(nats[0]), nil)
	for i, row := range nats {
		m.SetRow(i, row)
	}
	switch c {
	case kl.EachDimension:
		sum := 0.0
		for j := range nats[0] {
			sum += math.Max(lambda, stat.Mean(mat.Col(nil, j, m), nil))
		}
		return sum
	case kl.EachImage:
		var each []float64
		for _, row := range nats {
			each = append(each, math.Max(floats.Sum(row), lambda))
		}
		return stat.Mean(each, nil)
	}
	return math.Max(mat.Sum(m)/float64(len(nats)), lambda)
}

func TestChargesAndTheirSlopes(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 1))
	silent, paying := 0, 0
	for range 100 {
		images, dims := 1+rng.IntN(6), 1+rng.IntN(4)
		nats := make([][]float64, images)
		for i := range nats {
			nats[i] = make([]float64, dims)
			for j := range nats[i] {
				nats[i][j] = rng.ExpFloat64() * float64(j+1)
			}
		}
		for _, c := range []kl.Clip{kl.EachDimension, kl.EachImage, kl.BatchMean} {
			lambda := 2 * rng.Float64()
			if c != kl.EachDimension {
				lambda *= float64(dims)
			}
			charge, factor, err := c.Charge(nats, lambda)
			if err != nil {
				t.Fatal(err)
			}
			near(t, c.String(), charge, chargeByHand(c, nats, lambda), 1e-12)
			for i := range nats {
				for j, was := range nats[i] {
					slope := fd.Derivative(func(x float64) float64 {
						nats[i][j] = x
						return chargeByHand(c, nats, lambda)
					}, was, &fd.Settings{Formula: fd.Central})
					nats[i][j] = was
					near(t, c.String()+"'s slope", factor[i][j]/float64(images), slope, 1e-6)
					if factor[i][j] == 0 {
						silent++
					} else {
						paying++
					}
				}
			}
			free, all, err := c.Charge(nats, 0)
			if err != nil {
				t.Fatal(err)
			}
			near(t, "without a clip", free, chargeByHand(kl.BatchMean, nats, 0), 1e-12)
			if all[0][0] != 1 {
				t.Error("without a clip nothing pulls")
			}
		}
	}
	if silent < 100 || paying < 100 {
		t.Errorf("%d entries are silent and %d pay: the test sees too little", silent, paying)
	}
}

// One batch, three places: what is silenced in each.
func TestWhereTheClipStands(t *testing.T) {
	nats := [][]float64{{3, 0.1}, {0.5, 0.1}}
	for c, want := range map[kl.Clip]struct {
		lambda, charge float64
		factor         [][]float64
	}{
		kl.EachDimension: {1, 1.75 + 1, [][]float64{{1, 0}, {1, 0}}},
		kl.EachImage:     {2, (3.1 + 2) / 2, [][]float64{{1, 1}, {0, 0}}},
		kl.BatchMean:     {2, 2, [][]float64{{0, 0}, {0, 0}}},
	} {
		charge, factor, err := c.Charge(nats, want.lambda)
		near(t, c.String(), charge, want.charge, 1e-15)
		if err != nil || !reflect.DeepEqual(factor, want.factor) {
			t.Errorf("%v: factors %v (%v), want %v", c, factor, err, want.factor)
		}
	}
	// At λ itself the clip holds.
	for _, c := range []kl.Clip{kl.EachDimension, kl.EachImage, kl.BatchMean} {
		if charge, factor, err := c.Charge([][]float64{{2}}, 2); charge != 2 || factor[0][0] != 0 || err != nil {
			t.Errorf("%v at λ: %v, %v, %v", c, charge, factor, err)
		}
	}
}

func TestNoCharge(t *testing.T) {
	good := [][]float64{{1, 2}}
	for _, c := range []struct {
		say    string
		clip   kl.Clip
		nats   [][]float64
		lambda float64
	}{
		{"write kl.EachDimension", 3, good, 1},
		{"write kl.EachDimension", -1, good, 1},
		{"lambda is -1", 0, good, -1},
		{"lambda is NaN", 0, good, math.NaN()},
		{"lambda is +Inf", 0, good, math.Inf(1)},
		{"nats is empty", 0, nil, 1},
		{"nats is empty", 0, [][]float64{{}}, 1},
		{"nats[1] has 1 dimensions", 0, [][]float64{{1, 2}, {1}}, 1},
		{"nats[0][1] is -0.1", 0, [][]float64{{1, -0.1}}, 1},
		{"nats[0][0] is NaN", 0, [][]float64{{math.NaN()}}, 1},
		{"too large", kl.EachImage, [][]float64{{1e308, 1e308}}, 1},
	} {
		charge, factor, err := c.clip.Charge(c.nats, c.lambda)
		if err == nil || !strings.Contains(err.Error(), c.say) || charge != 0 || factor != nil {
			t.Errorf("got %v, %v and the error %v, which should say %q", charge, factor, err, c.say)
		}
	}
}
