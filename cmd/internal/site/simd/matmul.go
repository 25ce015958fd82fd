package simd

// matmul is C = A·B for A [m, k] and C [m, n]; B is [k, n], or [n, k] where it is transposed. scratch has room for 8k + 8 numbers.
//
// Eight columns of B at a time are copied to scratch, one below the other, and stay in the processor's first cache while all rows of
// A go by, four at a time: 32 sums in eight registers. Each sum is taken in the order of k. tile4 and tile1 are numbers of functions.
func matmul(tile4, tile1 int) *function {
	f := newFunction("matmul", i32, i32, i32, i32, i32, i32, i32, i32)
	p := f.args()
	a, b, c, m, n, k, transposed, scratch := p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7]
	rowA, rowC := f.variable(i32, shiftLeft(k, num(2))), f.variable(i32, shiftLeft(n, num(2))) // bytes
	end := f.variable(i32, add(scratch, shiftLeft(k, num(5))))
	column, width := f.variable(i32, num(0)), f.variable(i32, num(0))
	from, to := f.variable(i32, num(0)), f.variable(i32, num(0))
	i, atA, atC := f.variable(i32, num(0)), f.variable(i32, num(0)), f.variable(i32, num(0))
	f.while(less(column, n), func() {
		f.set(width, sub(n, column))
		f.when(greater(width, num(8)), func() { f.set(width, num(8)) }, nil)
		f.when(less(width, num(8)), func() { f.clearBytes(scratch, shiftLeft(k, num(5))) }, nil)
		f.when(transposed, func() {
			f.set(i, num(0))
			f.while(less(i, width), func() {
				f.set(from, add(b, mul(add(column, i), rowA)))
				f.set(to, add(scratch, shiftLeft(i, num(2))))
				f.while(less(to, end), func() {
					f.storeOne(to, loadOne(from))
					f.step(from, num(4))
					f.step(to, num(32))
				})
				f.step(i, num(1))
			})
		}, func() {
			f.set(from, add(b, shiftLeft(column, num(2))))
			f.set(to, scratch)
			each := func(copy func()) {
				f.while(less(to, end), func() {
					copy()
					f.step(from, rowC)
					f.step(to, num(32))
				})
			}
			f.when(equal(width, num(8)), func() {
				each(func() {
					f.store(to, 0, load(from, 0))
					f.store(to, 16, load(from, 16))
				})
			}, func() {
				each(func() { f.copyBytes(to, from, shiftLeft(width, num(2))) })
			})
		})
		f.set(i, num(0))
		f.set(atA, a)
		f.set(atC, add(c, shiftLeft(column, num(2))))
		for _, tile := range []struct{ function, rows int }{{tile4, 4}, {tile1, 1}} {
			f.while(atMost(add(i, num(tile.rows)), m), func() {
				f.call(tile.function, atA, scratch, atC, k, rowC, width)
				f.step(atA, mul(rowA, num(tile.rows)))
				f.step(atC, mul(rowC, num(tile.rows)))
				f.step(i, num(tile.rows))
			})
		}
		f.step(column, num(8))
	})
	return f
}

// tile makes some rows of eight columns of C: a is the first row of A, b the eight columns of B, rowC the bytes from one row of C to
// the next. Of the columns, width are kept.
func tile(name string, rows int) *function {
	f := newFunction(name, i32, i32, i32, i32, i32, i32)
	p := f.args()
	a, b, c, k, rowC, width := p[0], p[1], p[2], p[3], p[4], p[5]
	end := f.variable(i32, add(b, shiftLeft(k, num(5))))
	zero := all(0)
	var at []local
	var sums [][2]local
	for r := range rows {
		if r == 0 {
			at = append(at, a)
		} else {
			at = append(at, f.variable(i32, add(at[r-1], shiftLeft(k, num(2)))))
		}
		sums = append(sums, [2]local{f.variable(v128, zero), f.variable(v128, zero)})
	}
	b0, b1, x := f.variable(v128, zero), f.variable(v128, zero), f.variable(v128, zero)
	steps := func(n int) {
		for s := range n {
			f.set(b0, load(b, 32*s))
			f.set(b1, load(b, 32*s+16))
			for r := range rows {
				f.set(x, loadAll(at[r], 4*s))
				f.set(sums[r][0], vadd(sums[r][0], vmul(x, b0)))
				f.set(sums[r][1], vadd(sums[r][1], vmul(x, b1)))
			}
		}
		for r := range rows {
			f.step(at[r], num(4*n))
		}
		f.step(b, num(32*n))
	}
	const unrolled = 4
	f.while(atMost(add(b, num(32*unrolled)), end), func() { steps(unrolled) })
	f.while(less(b, end), func() { steps(1) })
	f.when(equal(width, num(8)), func() {
		for r := range rows {
			f.store(c, 0, sums[r][0])
			f.store(c, 16, sums[r][1])
			f.step(c, rowC)
		}
	}, func() {
		for r := range rows { // behind the columns of B is room for one row
			f.store(end, 0, sums[r][0])
			f.store(end, 16, sums[r][1])
			f.copyBytes(c, end, shiftLeft(width, num(2)))
			f.step(c, rowC)
		}
	})
	return f
}
