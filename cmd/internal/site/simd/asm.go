package simd

import (
	"encoding/binary"
	"math"
)

// A small assembler for what the functions need of WebAssembly's binary format, version 1 with 128-bit vectors
// (https://webassembly.github.io/spec/core/binary/). Code is written as expressions: a value knows how to put itself on the stack.

type valueType byte

const (
	i32  valueType = 0x7f
	f32  valueType = 0x7d
	v128 valueType = 0x7b
)

// value puts one value on the stack.
type value interface{ push(*function) }

// local is a parameter or a variable of a function.
type local struct{ number int }

func (l local) push(f *function) { f.emit(0x20); f.uint(l.number) }

// expr is an instruction on values.
type expr struct {
	op   []byte
	args []value
}

func (e expr) push(f *function) {
	for _, a := range e.args {
		a.push(f)
	}
	f.emit(e.op...)
}

// function is one function as it is written.
type function struct {
	name   string
	params []valueType
	vars   []valueType
	body   []byte
}

func newFunction(name string, params ...valueType) *function {
	return &function{name: name, params: params}
}

func (f *function) emit(bytes ...byte) { f.body = append(f.body, bytes...) }
func (f *function) uint(n int)         { f.body = binary.AppendUvarint(f.body, uint64(n)) }

// args are the function's parameters.
func (f *function) args() []local {
	list := make([]local, len(f.params))
	for i := range list {
		list[i] = local{i}
	}
	return list
}

// variable declares a variable, which holds a value from here on.
func (f *function) variable(t valueType, v value) local {
	l := local{len(f.params) + len(f.vars)}
	f.vars = append(f.vars, t)
	f.set(l, v)
	return l
}

func (f *function) set(l local, v value) {
	v.push(f)
	f.emit(0x21)
	f.uint(l.number)
}

// step adds to a counter or an address.
func (f *function) step(l local, by value) { f.set(l, add(l, by)) }

// do is an instruction without a result.
func (f *function) do(op []byte, args ...value) { expr{op, args}.push(f) }

// while repeats body as long as a condition holds.
func (f *function) while(condition value, body func()) {
	f.emit(0x02, 0x40, 0x03, 0x40) // block, loop
	condition.push(f)
	f.emit(0x45, 0x0d, 1) // i32.eqz, br_if to the block's end
	body()
	f.emit(0x0c, 0, 0x0b, 0x0b) // br to the loop's start; end, end
}

func (f *function) when(condition value, then, otherwise func()) {
	condition.push(f)
	f.emit(0x04, 0x40)
	then()
	if otherwise != nil {
		f.emit(0x05)
		otherwise()
	}
	f.emit(0x0b)
}

// Whole numbers and addresses.

func num(n int) value { return expr{op: append([]byte{0x41}, sleb(n)...)} }

func sleb(n int) (bytes []byte) {
	for {
		b := byte(n & 0x7f)
		n >>= 7
		if n == 0 && b&0x40 == 0 || n == -1 && b&0x40 != 0 {
			return append(bytes, b)
		}
		bytes = append(bytes, b|0x80)
	}
}

func op(code byte) func(a, b value) value {
	return func(a, b value) value { return expr{[]byte{code}, []value{a, b}} }
}

var (
	equal     = op(0x46)
	less      = op(0x49) // unsigned, as all here
	greater   = op(0x4b)
	atMost    = op(0x4d)
	add       = op(0x6a)
	sub       = op(0x6b)
	mul       = op(0x6c)
	and       = op(0x71)
	shiftLeft = op(0x74)
)

// Vectors of four.

func vec(code int, more ...byte) []byte {
	return append(binary.AppendUvarint([]byte{0xfd}, uint64(code)), more...)
}

func vop(code int) func(a, b value) value {
	return func(a, b value) value { return expr{vec(code), []value{a, b}} }
}

func vop1(code int) func(a value) value {
	return func(a value) value { return expr{vec(code), []value{a}} }
}

var (
	vadd, vsub, vmul, vdiv = vop(0xe4), vop(0xe5), vop(0xe6), vop(0xe7)
	vmin, vmax             = vop(0xe8), vop(0xe9) // NaN if one is
	vpmin, vpmax           = vop(0xea), vop(0xeb) // the first unless the second is less, or greater
	vabs, vneg, vsqrt      = vop1(0xe0), vop1(0xe1), vop1(0xe3)
	vless, vgreater        = vop(0x43), vop(0x44)
	vand                   = vop(0x4e)
	vor                    = vop(0x50)
	viadd, visub           = vop(0xae), vop(0xb1) // of whole numbers
	vshl, vshrSigned       = vop(0xab), vop(0xac) // by a number of bits
	vfromInt               = vop1(0xfa)
	widenBytes, widenWords = vop1(0x89), vop1(0xa9) // the lower eight bytes to words, the lower four words to whole numbers
	splat                  = vop1(0x13)
)

// choose takes the bits of a where mask has ones, else those of b.
func choose(mask, a, b value) value { return expr{vec(0x52), []value{a, b, mask}} }

// all is a constant in all four places.
func all(x float64) value { return allBits(math.Float32bits(float32(x))) }

func allBits(bits uint32) value {
	var c []byte
	for range 4 {
		c = binary.LittleEndian.AppendUint32(c, bits)
	}
	return expr{op: vec(0x0c, c...)}
}

// lane takes one of the four.
func lane(a value, n byte) value { return expr{vec(0x1f, n), []value{a}} }

// shuffle takes four of eight: 0 … 3 of a, 4 … 7 of b.
func shuffle(a, b value, four ...byte) value {
	var bytes []byte
	for _, n := range four {
		bytes = append(bytes, 4*n, 4*n+1, 4*n+2, 4*n+3)
	}
	return expr{vec(0x0d, bytes...), []value{a, b}}
}

// Memory. Nothing is promised about alignment, but that of one number.

func memory(op []byte, align byte, offset int) []byte {
	return binary.AppendUvarint(append(op, align), uint64(offset))
}

func load(at value, offset int) value { return expr{memory(vec(0), 2, offset), []value{at}} }

// loadAll loads one number into all four places.
func loadAll(at value, offset int) value { return expr{memory(vec(9), 2, offset), []value{at}} }

// load4 loads four bytes into the lowest place.
func load4(at value) value { return expr{memory(vec(0x5c), 0, 0), []value{at}} }

func loadOne(at value) value { return expr{memory([]byte{0x2a}, 2, 0), []value{at}} }

func (f *function) store(at value, offset int, v value) { f.do(memory(vec(0x0b), 2, offset), at, v) }

func (f *function) storeOne(at value, v value) { f.do(memory([]byte{0x38}, 2, 0), at, v) }

func (f *function) copyBytes(to, from, n value) { f.do([]byte{0xfc, 0x0a, 0, 0}, to, from, n) }

func (f *function) clearBytes(at, n value) { f.do([]byte{0xfc, 0x0b, 0}, at, num(0), n) }

var addOne = op(0x92)

// call calls a function of the module by its number.
func (f *function) call(number int, args ...value) {
	f.do(binary.AppendUvarint([]byte{0x10}, uint64(number)), args...)
}

// assemble puts functions into a module, all of them exported, which takes its memory from "env" "memory".
func assemble(functions []*function) []byte {
	section := func(id byte, count int, items []byte) []byte {
		content := append(binary.AppendUvarint(nil, uint64(count)), items...)
		return append(binary.AppendUvarint([]byte{id}, uint64(len(content))), content...)
	}
	name := func(s string) []byte { return append(binary.AppendUvarint(nil, uint64(len(s))), s...) }
	var types, index, exports, code []byte
	for i, f := range functions {
		types = append(binary.AppendUvarint(append(types, 0x60), uint64(len(f.params))), typeBytes(f.params)...)
		types = append(types, 0) // no result
		index = binary.AppendUvarint(index, uint64(i))
		exports = binary.AppendUvarint(append(append(exports, name(f.name)...), 0), uint64(i))
		body := binary.AppendUvarint(nil, uint64(len(f.vars)))
		for _, t := range f.vars {
			body = append(body, 1, byte(t))
		}
		body = append(append(body, f.body...), 0x0b)
		code = append(binary.AppendUvarint(code, uint64(len(body))), body...)
	}
	imports := append(append(name("env"), name("memory")...), 2, 0, 0) // a memory of 0 pages or more
	n := len(functions)
	module := []byte("\x00asm\x01\x00\x00\x00")
	module = append(module, section(1, n, types)...)
	module = append(module, section(2, 1, imports)...)
	module = append(module, section(3, n, index)...)
	module = append(module, section(7, n, exports)...)
	return append(module, section(10, n, code)...)
}

func typeBytes(list []valueType) (bytes []byte) {
	for _, t := range list {
		bytes = append(bytes, byte(t))
	}
	return bytes
}
