// Package wordstest finds what a program shows without saying it through package words. It makes a language in which every English
// word of a message is the letter ж, which the figures' font has: what is still English in the output has not been said, or was glued
// from pieces. Real translations come and go; this one is always whole.
package wordstest
