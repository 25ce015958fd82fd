package simd

// fours goes through n ≥ 4 numbers at x, four at a time: of gives, from the address of four, what goes to out. out may be x, or where
// of reads besides. The last four overlap those before where n is no multiple of four, so they are computed before anything is
// overwritten.
func fours(f *function, x, out, n local, of func(at value) value) {
	end := f.variable(i32, sub(add(x, shiftLeft(n, num(2))), num(16))) // where the last four begin
	shift := f.variable(i32, sub(out, x))
	last := f.variable(v128, of(end))
	f.while(less(x, end), func() {
		f.store(add(x, shift), 0, of(x))
		f.step(x, num(16))
	})
	f.store(add(end, shift), 0, last)
}

// unary is a function of numbers at x, each on its own.
func unary(name string, of func(f *function, x value) value) *function {
	f := newFunction(name, i32, i32, i32)
	x, out, n := f.args()[0], f.args()[1], f.args()[2]
	fours(f, x, out, n, func(at value) value { return of(f, load(at, 0)) })
	return f
}

// pairs is a function of pairs of numbers, from x and y; out may be either.
func pairs(name string, of func(x, y value) value) *function {
	f := newFunction(name, i32, i32, i32, i32)
	p := f.args()
	x, y, out, n := p[0], p[1], p[2], p[3]
	toY := f.variable(i32, sub(y, x))
	fours(f, x, out, n, func(at value) value { return of(load(at, 0), load(add(at, toY), 0)) })
	return f
}

// withOne is a function of numbers at x and one number y.
func withOne(name string, of func(x, y value) value) *function {
	f := newFunction(name, i32, f32, i32, i32)
	p := f.args()
	x, one, out, n := p[0], p[1], p[2], p[3]
	y := f.variable(v128, splat(one))
	fours(f, x, out, n, func(at value) value { return of(load(at, 0), y) })
	return f
}

func swapped(of func(x, y value) value) func(x, y value) value {
	return func(x, y value) value { return of(y, x) }
}

// sign is −1, 0 or 1; 0 for NaN.
func sign(f *function, x value) value {
	v := f.variable(v128, x)
	return vor(vand(vgreater(v, all(0)), all(1)), vand(vless(v, all(0)), all(-1)))
}

// bytesToFloats makes numbers of n ≥ 4 bytes at x.
func bytesToFloats() *function {
	f := newFunction("bytes", i32, i32, i32)
	x, out, n := f.args()[0], f.args()[1], f.args()[2]
	end := f.variable(i32, sub(add(x, n), num(4)))
	lastOut := f.variable(i32, sub(add(out, shiftLeft(n, num(2))), num(16)))
	four := func(at value) value { return vfromInt(widenWords(widenBytes(load4(at)))) }
	f.while(less(x, end), func() {
		f.store(out, 0, four(x))
		f.step(x, num(4))
		f.step(out, num(16))
	})
	f.store(lastOut, 0, four(end))
	return f
}
