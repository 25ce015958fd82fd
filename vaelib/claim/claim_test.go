package claim

import (
	"fmt"
	"image"
	"image/color"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"vaelab/vaelib/words/wordstest"
)

// Every claim of the course holds of what it was written for, also with other seeds, and is one that can be false: an order turned
// round, or an amount that is half as large again, breaks it.
func TestClaimsSaySomething(t *testing.T) {
	count := 0
	for _, n := range Notebooks() {
		b, err := Open(n)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range b.Claims {
			name := fmt.Sprintf("%02d %s", n, c.Name)
			count++
			if c.Then == nil {
				t.Errorf("%s has never been measured: go run ./cmd/vaelab claims -write", name)
				continue
			}
			if !c.Holds(*c.Then) {
				t.Errorf("%s was %v, and should be %s", name, *c.Then, c.Bounds())
			}
			for with, x := range c.Others {
				if !c.Holds(x) && !c.Alone {
					t.Errorf("%s is %v with %s, and should be %s", name, x, with, c.Bounds())
				}
			}
			for _, x := range c.Perturbed() {
				if c.Holds(x) {
					t.Errorf("%s holds of %v as well as of %v (%s): it says nothing", name, x, *c.Then, c.Bounds())
				}
			}
		}
		t.Logf("notebook %02d: %d claims, %d looks", n, len(b.Claims), len(b.Looks))
	}
	if len(Notebooks()) != 5 || count == 0 {
		t.Errorf("%d notebooks with %d claims", len(Notebooks()), count)
	}
}

func TestClaimOfTwoNumbers(t *testing.T) {
	b, err := Read([]byte(`{"notebook": 7, "claims": [
		{"name": "more", "says": "more", "of": "a › x", "less": "b › x", "from": 0, "then": 2},
		{"name": "twice", "says": "twice as much", "of": "a › x", "over": "b › x", "from": 1.5, "to": 2.5, "then": 2, "unit": "times"}]}`))
	if err != nil {
		t.Fatal(err)
	}
	b.Show("a › x", 3)
	if found := b.Untrue(); found != nil {
		t.Errorf("%v is told before the other number is known", found)
	}
	b.Show("b › x", 1)
	found := b.Untrue()
	if len(found) != 1 || found[0].String() != "“twice as much” (then 2 times, here 3 times)" {
		t.Errorf("found %v, want that it is three times as much", found)
	}
	b.Show("b › x", 4)
	if found := b.Untrue(); len(found) != 1 || found[0].Name != "more" || found[0].Now != -1 {
		t.Errorf("found %v, want the order alone: the other has been told", found)
	}
	var none *Book
	none.Show("a › x", 1)
	if none.Untrue() != nil {
		t.Error("no book tells something")
	}
}

func TestHolds(t *testing.T) {
	low, high := 1.0, 2.0
	for _, c := range []struct {
		claim Claim
		x     float64
		want  bool
	}{
		{Claim{From: &low, To: &high}, 1, true}, {Claim{From: &low, To: &high}, 2.1, false}, {Claim{From: &low}, math.Inf(1), true},
		{Claim{To: &high}, -5, true}, {Claim{To: &high}, 3, false}, {Claim{From: &low, To: &high}, math.NaN(), false}, {Claim{}, 1, false},
	} {
		if c.claim.Holds(c.x) != c.want {
			t.Errorf("%s of %v: %v", c.claim.Bounds(), c.x, !c.want)
		}
	}
}

// What differs in the last bit of its numbers is the same picture; another drawing of the same kind isn't.
func TestSignature(t *testing.T) {
	picture := func(seed uint64, noise int) image.Image {
		rng, other := rand.New(rand.NewPCG(seed, 0)), rand.New(rand.NewPCG(99, 0))
		img := image.NewGray(image.Rect(0, 0, 320, 200))
		for cell := range 40 {
			grey := rng.IntN(200)
			for y := range 40 {
				for x := range 40 {
					img.SetGray(cell%8*40+x, cell/8*40+y, color.Gray{Y: uint8(grey + other.IntN(noise+1))})
				}
			}
		}
		return img
	}
	a := Signature(picture(1, 0))
	if !Same(a, Signature(picture(1, 1))) {
		t.Error("a picture with greys that differ by 1 is another one")
	}
	if apart := Apart(a, Signature(picture(2, 0))); apart < 5*mostChanged {
		t.Errorf("another picture is only %v away", apart)
	}
	if Same(a, "") || Same(a, strings.Repeat("zz", 256)) {
		t.Error("what is no signature is the same as one")
	}
}

// What a cell's program pays for its book.
func BenchmarkOpen(b *testing.B) {
	for b.Loop() {
		if _, err := Open(1); err != nil {
			b.Fatal(err)
		}
	}
}

// A value's unit is said in the language of the page, and so are the words of the text, where there is an edition in it.
func TestFoundIsSaid(t *testing.T) {
	then := 4.0
	f := Found{Claim{Says: "about 4", In: map[string]string{"zh": "约 4"}, Then: &then, Unit: "nats"}, 5}
	if got, want := f.String(), "“about 4” (then 4 nats, here 5 nats)"; got != want {
		t.Errorf("it says %q, want %q", got, want)
	}
	wordstest.Veil(t)
	if got, want := f.String(), "“约 4” (字 4 字, 字 5 字)"; got != want {
		t.Errorf("it says %q, want %q", got, want)
	}
	f.In = nil
	if got := f.String(); !strings.Contains(got, "“about 4”") {
		t.Errorf("an edition without these words says %q", got)
	}
	for _, n := range Notebooks() {
		b, err := Open(n)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range b.Claims {
			if english := wordstest.English(amount(1, c.Unit)); len(english) > 0 {
				t.Errorf("%02d %s has the unit %q, which nobody says", n, c.Name, c.Unit)
			}
		}
	}
}
