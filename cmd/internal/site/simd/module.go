package simd

// Module gives the module's bytes.
func Module() []byte {
	plain := func(of func(x value) value) func(*function, value) value {
		return func(_ *function, x value) value { return of(x) }
	}
	return assemble([]*function{
		tile("tile4", 4),
		tile("tile1", 1),
		matmul(0, 1),
		transpose(),
		sumRows(),
		bytesToFloats(),
		pairs("add", vadd), pairs("sub", vsub), pairs("mul", vmul), pairs("div", vdiv), pairs("min", vmin), pairs("max", vmax),
		withOne("addOne", vadd), withOne("subOne", vsub), withOne("mulOne", vmul), withOne("divOne", vdiv), withOne("minOne", vmin), withOne("maxOne", vmax),
		withOne("oneSub", swapped(vsub)), withOne("oneDiv", swapped(vdiv)),
		unary("neg", plain(vneg)), unary("abs", plain(vabs)), unary("sqrt", plain(vsqrt)),
		unary("sign", sign), unary("exp", exponential), unary("log1p", log1p), unary("logistic", logistic),
	})
}
