package simd

import (
	"context"
	"encoding/binary"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
)

// page is a running module with the memory that it works on.
type page struct {
	t         *testing.T
	functions api.Module
	memory    api.Memory
	used      uint32
}

// open runs the module outside of any browser. Its memory is another module's, as in a tab it is Go's.
func open(t *testing.T) *page {
	ctx := context.Background()
	r := wazero.NewRuntime(ctx)
	t.Cleanup(func() { _ = r.Close(ctx) })
	// A module that has nothing but 1,000 pages of memory, which it exports as "memory".
	env, err := r.InstantiateWithConfig(ctx, []byte("\x00asm\x01\x00\x00\x00\x05\x04\x01\x00\xe8\x07\x07\x0a\x01\x06memory\x02\x00"), wazero.NewModuleConfig().WithName("env"))
	if err != nil {
		t.Fatal(err)
	}
	m, err := r.InstantiateWithConfig(ctx, Module(), wazero.NewModuleConfig().WithName("simd"))
	if err != nil {
		t.Fatal(err)
	}
	return &page{t: t, functions: m, memory: env.Memory(), used: 64}
}

// put gives the address of numbers, or of so many free places.
func (p *page) put(x []float32) uint64 {
	at := p.used
	bytes, ok := p.memory.Read(at, uint32(4*len(x)))
	if !ok {
		p.t.Fatal("the memory is full")
	}
	for i, v := range x {
		binary.LittleEndian.PutUint32(bytes[4*i:], math.Float32bits(v))
	}
	p.used += uint32(4*len(x)) + 4 // so that nothing is aligned by chance
	return uint64(at)
}

func (p *page) get(at uint64, n int) []float32 {
	bytes, _ := p.memory.Read(uint32(at), uint32(4*n))
	x := make([]float32, n)
	for i := range x {
		x[i] = math.Float32frombits(binary.LittleEndian.Uint32(bytes[4*i:]))
	}
	return x
}

func (p *page) call(name string, args ...uint64) {
	p.t.Helper()
	if _, err := p.functions.ExportedFunction(name).Call(context.Background(), args...); err != nil {
		p.t.Fatal(name, err)
	}
}

// guard is what stands around results: a function that writes beyond its own is found.
const guard = 12345.5

// result is a place for n results, with guards around it.
func (p *page) result(n int) (at uint64, check func()) {
	x := make([]float32, n+8)
	for i := range x {
		x[i] = guard
	}
	begin := p.put(x)
	return begin + 16, func() {
		p.t.Helper()
		around := append(p.get(begin, 4), p.get(begin+16+uint64(4*n), 4)...)
		for _, v := range around {
			if v != guard {
				p.t.Fatalf("something was written beside the results: %v", around)
			}
		}
	}
}

func random(rng *rand.Rand, n int) []float32 {
	x := make([]float32, n)
	for i := range x {
		x[i] = float32(rng.NormFloat64())
	}
	return x
}

func same(a, b float32) bool { return a == b || a != a && b != b }

// The product is summed in the order of k, without fused multiplication: equal to the last bit to a loop that does so.
func TestMatmulIsALoopsToTheLastBit(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	dims := []int{1, 2, 3, 4, 5, 7, 8, 9, 12, 16, 17, 31, 33, 100}
	for range 400 {
		p := open1(t)
		m, n, k := dims[rng.IntN(len(dims))], dims[rng.IntN(len(dims))], dims[rng.IntN(len(dims))]
		a, b := random(rng, m*k), random(rng, k*n)
		for transposed := range 2 {
			atA, atB := p.put(a), p.put(b)
			atC, check := p.result(m * n)
			scratch, checkScratch := p.result(8*k + 8)
			p.call("matmul", atA, atB, atC, uint64(m), uint64(n), uint64(k), uint64(transposed), scratch)
			check()
			checkScratch()
			c := p.get(atC, m*n)
			for i := range m {
				for j := range n {
					var sum float32
					for l := range k {
						y := b[l*n+j]
						if transposed == 1 {
							y = b[j*k+l]
						}
						sum += float32(a[i*k+l] * y)
					}
					if c[i*n+j] != sum {
						t.Fatalf("%d×%d×%d, transposed %d: row %d, column %d is %v, want %v", m, k, n, transposed, i, j, c[i*n+j], sum)
					}
				}
			}
		}
	}
}

// shared is one module for all tests that call it often: to compile it takes longer than to run it.
var shared *page

func open1(t *testing.T) *page {
	if shared == nil {
		shared = open(&testing.T{})
	}
	shared.t, shared.used = t, 64
	return shared
}

func TestElementwiseIsGos(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	odd := []float32{0, float32(math.Copysign(0, -1)), 1, -1, float32(math.Inf(1)), float32(math.Inf(-1)), float32(math.NaN()), math.MaxFloat32, math.SmallestNonzeroFloat32}
	of := map[string]func(a, b float32) float32{
		"add": func(a, b float32) float32 { return a + b }, "sub": func(a, b float32) float32 { return a - b },
		"mul": func(a, b float32) float32 { return a * b }, "div": func(a, b float32) float32 { return a / b },
		"min": func(a, b float32) float32 { return min(a, b) }, "max": func(a, b float32) float32 { return max(a, b) },
	}
	one := map[string]func(a, b float32) float32{
		"addOne": of["add"], "subOne": of["sub"], "mulOne": of["mul"], "divOne": of["div"], "minOne": of["min"], "maxOne": of["max"],
		"oneSub": func(a, b float32) float32 { return b - a }, "oneDiv": func(a, b float32) float32 { return b / a },
	}
	unary := map[string]func(a float32) float32{
		"neg": func(a float32) float32 { return -a }, "abs": func(a float32) float32 { return float32(math.Abs(float64(a))) },
		"sqrt": func(a float32) float32 { return float32(math.Sqrt(float64(a))) },
		"sign": func(a float32) float32 {
			switch {
			case a > 0:
				return 1
			case a < 0:
				return -1
			}
			return 0
		},
	}
	numbers := func(n int) []float32 {
		x := random(rng, n)
		for i := range x {
			if rng.IntN(4) == 0 {
				x[i] = odd[rng.IntN(len(odd))]
			}
		}
		return x
	}
	for n := 4; n < 40; n++ {
		x, y := numbers(n), numbers(n)
		expect := func(name string, inPlace int, got []float32, want func(i int) float32) {
			t.Helper()
			for i := range got {
				if !same(got[i], want(i)) {
					t.Fatalf("%s of %d numbers, in the place of %d: number %d is %v, want %v", name, n, inPlace, i, got[i], want(i))
				}
			}
		}
		for inPlace := range 3 {
			for name, f := range of {
				p := open1(t)
				atX, atY := p.put(x), p.put(y)
				out, check := p.result(n)
				out = []uint64{out, atX, atY}[inPlace]
				p.call(name, atX, atY, out, uint64(n))
				check()
				expect(name, inPlace, p.get(out, n), func(i int) float32 { return f(x[i], y[i]) })
			}
			if inPlace == 2 {
				break
			}
			for name, f := range one {
				p := open1(t)
				atX := p.put(x)
				out, check := p.result(n)
				out = []uint64{out, atX}[inPlace]
				p.call(name, atX, api.EncodeF32(y[0]), out, uint64(n))
				check()
				expect(name, inPlace, p.get(out, n), func(i int) float32 { return f(x[i], y[0]) })
			}
			for name, f := range unary {
				p := open1(t)
				atX := p.put(x)
				out, check := p.result(n)
				out = []uint64{out, atX}[inPlace]
				p.call(name, atX, out, uint64(n))
				check()
				expect(name, inPlace, p.get(out, n), func(i int) float32 { return f(x[i]) })
			}
		}
	}
}

// Of all numbers, one in some thousand is tried, and those where something changes: the error is at most 2 units in the last place
// of the correctly rounded one.
func TestFunctionsErrByTwoUnits(t *testing.T) {
	for name, exact := range map[string]func(float64) float64{
		"exp":   math.Exp,
		"log1p": math.Log1p,
		"logistic": func(x float64) float64 {
			if x < 0 {
				return math.Exp(x) / (1 + math.Exp(x))
			}
			return 1 / (1 + math.Exp(-x))
		},
	} {
		var x []float32
		const stride = 4093 // a prime
		for bits := uint64(0); bits < 1<<32; bits += stride {
			x = append(x, math.Float32frombits(uint32(bits)))
		}
		for _, v := range []float64{0, math.Copysign(0, -1), 1, -1, math.Inf(1), math.Inf(-1), math.NaN(), 88.72, 88.73, -87.33, -87.34, -103.97, -103.98, -104, math.Log(2), -0.5, 1e-8} {
			near := float32(v)
			x = append(x, near, math.Nextafter32(near, 1000), math.Nextafter32(near, -1000))
		}
		p := open1(t)
		at := p.put(x)
		p.call(name, at, at, uint64(len(x)))
		worst := 0.0
		for i, got := range p.get(at, len(x)) {
			want := float32(exact(float64(x[i])))
			if same(got, want) {
				continue
			}
			units := math.Abs(float64(int64(math.Float32bits(got)) - int64(math.Float32bits(want))))
			if units > 2 || got != got || want != want {
				t.Fatalf("%s of %v is %v, want %v", name, x[i], got, want)
			}
			worst = max(worst, units)
		}
		t.Logf("%s errs by %v units at most", name, worst)
	}
}

func TestTransposeSumsAndBytes(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	for range 300 {
		p := open1(t)
		rows, columns := 1+rng.IntN(21), 1+rng.IntN(21)
		x := random(rng, rows*columns)
		at := p.put(x)
		out, check := p.result(rows * columns)
		sums, checkSums := p.result(rows)
		p.call("transpose", at, out, uint64(rows), uint64(columns))
		p.call("sumRows", at, sums, uint64(rows), uint64(columns))
		check()
		checkSums()
		turned, sum := p.get(out, rows*columns), p.get(sums, rows)
		for i := range rows {
			exact, size := 0.0, 0.0
			for j := range columns {
				if turned[j*rows+i] != x[i*columns+j] {
					t.Fatalf("%d×%d: row %d, column %d isn't where it should be", rows, columns, i, j)
				}
				exact += float64(x[i*columns+j])
				size += math.Abs(float64(x[i*columns+j]))
			}
			if math.Abs(float64(sum[i])-exact) > 1e-6*size {
				t.Fatalf("%d×%d: the sum of row %d is %v, want %v", rows, columns, i, sum[i], exact)
			}
		}
		n := 4 + rng.IntN(30)
		bytes := make([]byte, n)
		for i := range bytes {
			bytes[i] = byte(rng.Uint32())
		}
		out, check = p.result(n)
		p.memory.Write(p.used, bytes)
		p.call("bytes", uint64(p.used), out, uint64(n))
		check()
		for i, got := range p.get(out, n) {
			if got != float32(bytes[i]) {
				t.Fatalf("byte %d of %d is %v, want %v", i, n, got, bytes[i])
			}
		}
	}
}
