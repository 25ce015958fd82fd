package simd

// exponential is eˣ = 2ⁿ·eʳ with n the nearest whole number to x/log 2, and |r| ≤ ½ log 2, where a polynomial of degree 7 is good to
// 1e-8 (Cephes, expf.c, S. Moshier). 2ⁿ is made as the product of two halves, since it may lie outside of float32's normal numbers.
func exponential(f *function, x value) value {
	const (
		magic     = 3 << 22 // 1.5·2²³: what is added to it is rounded to a whole number
		magicBits = 0x4b400000
		hi, lo    = 0.693359375, -2.12194440e-4 // log 2 = hi + lo; n·hi is exact
	)
	v := f.variable(v128, vpmin(vpmax(x, all(-104.5)), all(89))) // beyond, it is 0 or ∞ all the same; NaN stays
	rounded := f.variable(v128, vadd(vmul(v, all(1.44269504088896341)), all(magic)))
	n := f.variable(v128, vsub(rounded, all(magic)))
	r := f.variable(v128, vsub(vsub(v, vmul(n, all(hi))), vmul(n, all(lo))))
	poly := f.variable(v128, horner(r, 1.9875691500e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1))
	poly = f.variable(v128, vadd(vadd(vmul(poly, vmul(r, r)), r), all(1)))
	whole := f.variable(v128, visub(rounded, allBits(magicBits)))
	half := f.variable(v128, vshrSigned(whole, num(1)))
	power := func(n value) value { return vshl(viadd(n, allBits(127)), num(23)) }
	return vmul(vmul(poly, power(half)), power(visub(whole, half)))
}

// log1p is log(1 + x): the logarithm of u, which is 1 + x rounded, and what rounding lost, (x − (u − 1))/u. The logarithm of
// u = m·2ᵉ, √½ ≤ m < √2, is e·log 2 and a polynomial in m − 1 (Cephes, logf.c).
func log1p(f *function, x value) value {
	const hi, lo = 0.693359375, -2.12194440e-4
	v := f.variable(v128, x)
	u := f.variable(v128, vadd(v, all(1)))
	lost := f.variable(v128, vdiv(vsub(v, vsub(u, all(1))), u))
	const root = 0x3f3504f3 // √½
	shifted := f.variable(v128, visub(u, allBits(root)))
	e := f.variable(v128, vfromInt(vshrSigned(shifted, num(23))))
	m := f.variable(v128, vsub(viadd(vand(shifted, allBits(0x007fffff)), allBits(root)), all(1)))
	z := f.variable(v128, vmul(m, m))
	poly := horner(m, 7.0376836292e-2, -1.1514610310e-1, 1.1676998740e-1, -1.2420140846e-1, 1.4249322787e-1, -1.6668057665e-1,
		2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1)
	y := f.variable(v128, vadd(vmul(vmul(poly, m), z), vmul(e, all(lo))))
	y = f.variable(v128, vsub(y, vmul(z, all(0.5))))
	y = f.variable(v128, vadd(vadd(vadd(y, lost), m), vmul(e, all(hi))))
	// At −1 it is −∞, below NaN: −1/√u. ∞ and NaN stay what they are.
	y = f.variable(v128, choose(vgreater(u, all(0)), y, vdiv(all(-1), vsqrt(u))))
	return choose(vless(v, allBits(0x7f800000)), y, v)
}

// logistic is 1/(1 + e⁻ˣ), by e^−|x| that never overflows.
func logistic(f *function, x value) value {
	v := f.variable(v128, x)
	e := f.variable(v128, exponential(f, vneg(vabs(v))))
	return vdiv(choose(vless(v, all(0)), e, all(1)), vadd(e, all(1)))
}

// horner is the polynomial with these coefficients, the highest power's first.
func horner(x local, coefficients ...float64) value {
	sum := all(coefficients[0])
	for _, c := range coefficients[1:] {
		sum = vadd(vmul(sum, x), all(c))
	}
	return sum
}
