package losses

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/gomlx/compute/dtypes"
	. "github.com/gomlx/gomlx/core/graph"

	"vaelab/vaelib/check"
	"vaelab/vaelib/model"
)

func nats(p Pass) *Node { return model.BernoulliNats(p.Images, p.Logits) }

type Pass = model.Pass

// klWritten is the KL term, [batch], as a learner may write it, with the reduction left open.
func klWritten(p Pass, reduce func(*Node) *Node) *Node {
	one := ScalarOne(p.Mean.Graph(), p.Mean.DType())
	return MulScalar(reduce(Sub(Sub(Add(one, p.LogVar), Square(p.Mean)), Exp(p.LogVar))), -0.5)
}

func sum(x *Node) *Node  { return ReduceSum(x, 1) }
func mean(x *Node) *Node { return ReduceMean(x, 1) }

// The check of the graph is put through other right losses, mistakes, a stub, a panic and nothing at all; the table is
// printed: go test ./vaelib/exercise/... -run Matrix -v
func TestMatrix(t *testing.T) {
	weight := func(p Pass, kl *Node) *Node { return MulScalar(kl, p.Config.KLWeight) }
	var table strings.Builder
	said, met := map[string]bool{}, map[string]bool{}
	shapes := 0 // wrong losses of a wrong shape
	for _, c := range []struct {
		kind, name string
		loss       model.Loss
		state      check.Outcome
		says       string
	}{
		{"solution", "as shown by Solution()", WriteTheLoss.Solve, check.Right, ""},
		{"right", "another way: the course's terms", func(p Pass) *Node { return Add(model.Reconstruction(p), Mul(model.KL(p), p.Weight)) }, check.Right, ""},
		{"right", "the course's own", model.NegativeELBO, check.Right, ""},
		{"right", "minus in front", func(p Pass) *Node { return Add(weight(p, klWritten(p, sum)), nats(p)) }, check.Right, ""},
		{"right", "cross-entropy written out", func(p Pass) *Node {
			white := Sigmoid(p.Logits)
			each := Add(Mul(p.Images, Log(white)), Mul(OneMinus(p.Images), Log(OneMinus(white))))
			return Sub(weight(p, klWritten(p, sum)), ReduceSum(each, -1))
		}, check.Right, ""},
		{"wrong", "ReduceMean over dimensions", func(p Pass) *Node { return Add(nats(p), weight(p, klWritten(p, mean))) }, check.Wrong, "averaged over dimensions"},
		{"wrong", "½ missing", func(p Pass) *Node {
			kl := ReduceSum(Sub(Add(Square(p.Mean), Exp(p.LogVar)), AddScalar(p.LogVar, 1)), -1)
			return Add(nats(p), weight(p, kl))
		}, check.Wrong, "is the ½ missing"},
		{"wrong", "weight never applied", func(p Pass) *Node { return Add(nats(p), klWritten(p, sum)) }, check.Wrong, "never applied"},
		{"wrong", "as printed", func(p Pass) *Node { return Sub(nats(p), weight(p, klWritten(p, sum))) }, check.Wrong, "sign turned, so that"},
		{"wrong", "log σ for log σ²", func(p Pass) *Node {
			sigma := Exp(p.LogVar)
			kl := ReduceSum(Sub(MulScalar(AddScalar(Add(Square(p.Mean), Square(sigma)), -1), 0.5), p.LogVar), -1)
			return Add(nats(p), weight(p, kl))
		}, check.Wrong, "reads s as log σ"},
		{"wrong", "½ twice", func(p Pass) *Node { return Add(nats(p), weight(p, MulScalar(klWritten(p, sum), 0.5))) }, check.Wrong, "the ½ is applied twice"},
		{"wrong", "as printed, without ½", func(p Pass) *Node {
			return Sub(nats(p), weight(p, MulScalar(klWritten(p, sum), 2)))
		}, check.Wrong, "sign turned, and the ½"},
		{"wrong", "weight on both", func(p Pass) *Node { return weight(p, Add(nats(p), klWritten(p, sum))) }, check.Wrong, "the weight is on both terms"},
		{"wrong", "−1 missing", func(p Pass) *Node {
			kl := MulScalar(ReduceSum(Sub(Add(Square(p.Mean), Exp(p.LogVar)), p.LogVar), -1), 0.5)
			return Add(nats(p), weight(p, kl))
		}, check.Wrong, "the −1 is missing"},
		{"wrong", "an autoencoder's", nats, check.Wrong, "isn't there, so the loss is an autoencoder's"},
		{"wrong", "KL alone", func(p Pass) *Node { return weight(p, klWritten(p, sum)) }, check.Wrong, "nothing would ask for the picture"},
		{"wrong", "mean over pixels", func(p Pass) *Node {
			return Add(DivScalar(nats(p), float64(p.Images.Shape().Dim(1))), weight(p, klWritten(p, sum)))
		}, check.Wrong, "averaged over pixels"},
		{"wrong", "weight on the wrong term", func(p Pass) *Node { return Add(weight(p, nats(p)), klWritten(p, sum)) }, check.Wrong, "on the reconstruction term"},
		{"wrong", "one number for the batch", func(p Pass) *Node {
			return ReduceAllMean(Add(nats(p), weight(p, klWritten(p, sum))))
		}, check.Wrong, "gives the shape (Float32), and (Float32)[3] is wanted: a number for each image. That is one number for the whole batch"},
		{"wrong", "not summed up", func(p Pass) *Node {
			return Add(InsertAxes(nats(p), -1), weight(p, klWritten(p, func(x *Node) *Node { return x })))
		}, check.Wrong, "gives the shape (Float32)[3, 2], and (Float32)[3] is wanted: a number for each image. That is a number for each dimension"},
		{"wrong", "pixels not summed up", func(p Pass) *Node { return Square(Sub(p.Images, p.Logits)) }, check.Wrong, "gives the shape (Float32)[3, 5], and (Float32)[3] is wanted: a number for each image. That is a number for each pixel"},
		{"wrong", "right numbers in a column", func(p Pass) *Node { return InsertAxes(model.NegativeELBO(p), -1) }, check.Wrong, "(Float32)[3, 1], and"},
		{"wrong", "right numbers in float64", func(p Pass) *Node { return ConvertDType(model.NegativeELBO(p), dtypes.Float64) }, check.Wrong, "(Float64)[3], and"},
		{"wrong", "reduced along the batch", func(p Pass) *Node { return ReduceSum(Square(p.Logits), 0) }, check.Wrong, "(Float32)[5], and (Float32)[3] is wanted: a number for each image. Which axis is reduced"},
		{"wrong", "logarithm of a negative number", func(p Pass) *Node {
			return Add(nats(p), weight(p, ReduceSum(Log(p.LogVar), -1)))
		}, check.Wrong, "gives NaN at a batch of 3, 5 pixels, 2 dimensions, KL weight 1. Look for"},
		{"wrong", "squares of the logits", func(p Pass) *Node { return ReduceSum(Square(p.Logits), -1) }, check.Wrong, "the simplest that fails"},
		{"stub", "panic(\"write me\")", func(p Pass) *Node { panic("write me") }, check.NotAttempted, "still to be written"},
		{"stub", "nil", nil, check.NotAttempted, "no function"},
		{"crash", "shapes that don't fit", func(p Pass) *Node { return Add(p.Mean, p.Logits) }, check.Crashed, "panicked at a batch of 3"},
		{"crash", "gives nil", func(p Pass) *Node { return nil }, check.Crashed, "return a node"},
	} {
		r := WriteTheLoss.Judge(c.loss)
		if r.State != c.state || !strings.Contains(r.Diagnosis, c.says) {
			t.Errorf("%s: %v: %q, want %v with %q (example %+v)", c.name, r.State, r.Diagnosis, c.state, c.says, r.Example)
		}
		if c.kind == "wrong" && said[c.says] {
			t.Errorf("%s shares its diagnosis %q", c.name, c.says)
		}
		said[c.says], met[r.Diagnosis] = true, true
		if c.kind == "wrong" && shape(c.loss) != "" {
			shapes++
		}
		fmt.Fprintf(&table, "  %-10s%-36s%-20v%s\n", c.kind, c.name, r.State, r.Diagnosis)
	}
	if !strings.Contains(table.String(), "another way") || !strings.Contains(WriteTheLoss.Another, "graph.Mul(model.KL(p), p.Weight)") {
		t.Error("the other way that a learner is told of isn't tried")
	}
	for _, m := range WriteTheLoss.Mistakes {
		if !met[m.Says] {
			t.Errorf("no wrong loss is told %q", m.Says)
		}
	}
	if len(WriteTheLoss.Symptoms) != 1 || shapes < 4 {
		t.Errorf("%d wrong shapes are told of", shapes)
	}
	t.Logf("\n\n%s\n%s", WriteTheLoss.ID, table.String())
}

// The values that losses are held against are those of loops over float64; here one image of
// one pixel and one dimension is worked out by hand: −log sigmoid(l) for x = 1 and ½(μ² + eˢ − 1 − s).
func TestWantByHand(t *testing.T) {
	b := batch{images: 1, pixels: 1, latent: 1, weight: 3}
	d := b.data()
	x, l, mu, s := float64(d.images[0][0]), float64(d.logits[0][0]), float64(d.mean[0][0]), float64(d.logVar[0][0])
	byHand := math.Log1p(math.Exp(l)) - x*l + 3*0.5*(mu*mu+math.Expm1(s)-s)
	if got := b.want()[0]; math.Abs(got-byHand) > 1e-12 {
		t.Errorf("%v, by hand %v", got, byHand)
	}
}

func TestSolutionIsTheTestedCode(t *testing.T) {
	code, err := WriteTheLoss.Code()
	if err != nil || !strings.HasPrefix(code, WriteTheLoss.Signature+" {\n") || !strings.Contains(code, "p.Weight") {
		t.Errorf("%v\n%s", err, code)
	}
}
