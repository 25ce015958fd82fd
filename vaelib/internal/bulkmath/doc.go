// Package bulkmath draws and computes whole lists of numbers, for loops in which a call for every number would cost more
// than the number itself.
//
// Exp2 is math.Exp2 of a list. PCG.Normal is NormFloat64 of math/rand/v2, and draws the very same numbers.
package bulkmath
