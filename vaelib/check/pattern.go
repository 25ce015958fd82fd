package check

import (
	"math"

	"vaelab/vaelib/words"
)

// multiple says that all values, or those of an output alone, are a multiple of the true ones.
func multiple(factor float64, output string) string {
	is := func(x float64) bool { return math.Abs(factor/x-1) < 1e-3 }
	number := words.Significant(factor, 4)
	if output == "" {
		switch {
		case is(-1):
			return words.Say("Your value has its sign turned at every input.")
		case is(-2), is(-0.5):
			return words.Say("Your value is %s times the true one at every input: the sign is turned, and there is a factor of 2 besides.",
				words.Number(factor))
		case is(2):
			return words.Say("Your value is twice the true one at every input: is a ½ missing?")
		case is(0.5):
			return words.Say("Your value is half the true one at every input: is there a ½ too many?")
		case is(1 / math.Ln2):
			return words.Say("Your value is 1.443 times the true one at every input: that is bits. Nats need the natural logarithm.")
		}
		return words.Say("Your value is %s times the true one at every input.", number)
	}
	switch {
	case is(-1):
		return words.Say("Only the %s is wrong: it has its sign turned at every input.", output)
	case is(-2), is(-0.5):
		return words.Say("Only the %s is wrong: it is %s times the true one at every input: the sign is turned, and there is a factor of 2 besides.",
			output, words.Number(factor))
	case is(2):
		return words.Say("Only the %s is wrong: it is twice the true one at every input: is a ½ missing?", output)
	case is(0.5):
		return words.Say("Only the %s is wrong: it is half the true one at every input: is there a ½ too many?", output)
	case is(1 / math.Ln2):
		return words.Say("Only the %s is wrong: it is 1.443 times the true one at every input: that is bits. Nats need the natural logarithm.", output)
	}
	return words.Say("Only the %s is wrong: it is %s times the true one at every input.", output, number)
}

// shifted says that a number has been added to all values, or to those of an output alone.
func shifted(by float64, output string) string {
	size := words.Number(math.Abs(by))
	switch {
	case output == "" && by > 0:
		return words.Say("Your value is too large by %s at every input: look at the constants.", size)
	case output == "":
		return words.Say("Your value is too small by %s at every input: look at the constants.", size)
	case by > 0:
		return words.Say("Only the %s is wrong: it is too large by %s at every input: look at the constants.", output, size)
	}
	return words.Say("Only the %s is wrong: it is too small by %s at every input: look at the constants.", output, size)
}

// unchanging says that all values, or those of an output alone, are one number.
func unchanging(x float64, output string) string {
	if output == "" {
		return words.Say("Your value is %s whatever the input.", words.Number(x))
	}
	return words.Say("Only the %s is wrong: it is %s whatever the input.", output, words.Number(x))
}
