package simd

// transpose turns a matrix [rows, columns] into [columns, rows], sixteen numbers at a time, and what is left at its edges one by one.
func transpose() *function {
	f := newFunction("transpose", i32, i32, i32, i32)
	p := f.args()
	x, out, rows, columns := p[0], p[1], p[2], p[3]
	rowX, rowOut := f.variable(i32, shiftLeft(columns, num(2))), f.variable(i32, shiftLeft(rows, num(2)))
	wholeRows, wholeColumns := f.variable(i32, and(rows, num(-4))), f.variable(i32, and(columns, num(-4)))
	i, j := f.variable(i32, num(0)), f.variable(i32, num(0))
	from, to := f.variable(i32, num(0)), f.variable(i32, num(0))
	var r [4]local
	for n := range r {
		r[n] = f.variable(v128, all(0))
	}
	place := func() {
		f.set(from, add(x, add(mul(i, rowX), shiftLeft(j, num(2)))))
		f.set(to, add(out, add(mul(j, rowOut), shiftLeft(i, num(2)))))
	}
	f.while(less(i, wholeRows), func() {
		f.set(j, num(0))
		place()
		f.while(less(j, wholeColumns), func() {
			at := value(from)
			for n := range r {
				f.set(r[n], load(at, 0))
				at = add(at, rowX)
			}
			low01, high01 := f.variable(v128, shuffle(r[0], r[1], 0, 4, 1, 5)), f.variable(v128, shuffle(r[0], r[1], 2, 6, 3, 7))
			low23, high23 := f.variable(v128, shuffle(r[2], r[3], 0, 4, 1, 5)), f.variable(v128, shuffle(r[2], r[3], 2, 6, 3, 7))
			at = to
			for _, row := range []value{
				shuffle(low01, low23, 0, 1, 4, 5), shuffle(low01, low23, 2, 3, 6, 7),
				shuffle(high01, high23, 0, 1, 4, 5), shuffle(high01, high23, 2, 3, 6, 7),
			} {
				f.store(at, 0, row)
				at = add(at, rowOut)
			}
			f.step(j, num(4))
			f.step(from, num(16))
			f.step(to, shiftLeft(rowOut, num(2)))
		})
		f.step(i, num(4))
	})
	one := func() {
		place()
		f.storeOne(to, loadOne(from))
	}
	f.set(i, num(0)) // the columns on the right
	f.while(less(i, wholeRows), func() {
		f.set(j, wholeColumns)
		f.while(less(j, columns), func() { one(); f.step(j, num(1)) })
		f.step(i, num(1))
	})
	f.while(less(i, rows), func() { // the rows at the bottom
		f.set(j, num(0))
		f.while(less(j, columns), func() { one(); f.step(j, num(1)) })
		f.step(i, num(1))
	})
	return f
}

// sumRows gives the sum of each row of a matrix [rows, columns]: of every fourth number, then of these four and what is left.
func sumRows() *function {
	f := newFunction("sumRows", i32, i32, i32, i32)
	p := f.args()
	x, out, rows, columns := p[0], p[1], p[2], p[3]
	row := f.variable(i32, shiftLeft(columns, num(2)))
	fours := f.variable(i32, and(row, num(-16)))
	last := f.variable(i32, add(out, shiftLeft(rows, num(2))))
	end := f.variable(i32, num(0))
	sums := f.variable(v128, all(0))
	one := f.variable(f32, lane(all(0), 0))
	f.while(less(out, last), func() {
		f.set(sums, all(0))
		f.set(end, add(x, fours))
		f.while(less(x, end), func() {
			f.set(sums, vadd(sums, load(x, 0)))
			f.step(x, num(16))
		})
		f.set(one, addOne(addOne(lane(sums, 0), lane(sums, 1)), addOne(lane(sums, 2), lane(sums, 3))))
		f.set(end, add(sub(x, fours), row))
		f.while(less(x, end), func() {
			f.set(one, addOne(one, loadOne(x)))
			f.step(x, num(4))
		})
		f.storeOne(out, one)
		f.step(out, num(4))
	})
	return f
}
