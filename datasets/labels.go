package datasets

import (
	"slices"

	"vaelab/vaelib/words"
)

// LabelError is about a label that is not below the number of classes. It wraps [ErrFormat].
type LabelError struct {
	At, Label, Classes int // the first such label, and its place counted from 0
	Least, Most        int // of all labels
}

func (e *LabelError) Error() string {
	if e.Least == 1 && e.Most == e.Classes {
		return words.Say("%v: label %d (counted from 0) is %d, but there are %d classes, and the labels go from %d to %d: "+
			"they seem to start at 1, as those of EMNIST's letters do; "+
			"give the class 0 a name too, or read them with ReadIDXLabels for %d classes and take 1 off with LabelsFrom",
			ErrFormat, e.At, e.Label, e.Classes, e.Least, e.Most, e.Most+1)
	}
	return words.Say("%v: label %d (counted from 0) is %d, but there are %d classes, and the labels go from %d to %d: give the names of %d classes",
		ErrFormat, e.At, e.Label, e.Classes, e.Least, e.Most, e.Most+1)
}

// Is makes every LabelError an ErrFormat.
func (e *LabelError) Is(target error) bool { return target == ErrFormat }

func checkLabels(labels []uint8, classes int) error {
	at := slices.IndexFunc(labels, func(label uint8) bool { return int(label) >= classes })
	if at < 0 {
		return nil
	}
	return &LabelError{At: at, Label: int(labels[at]), Classes: classes, Least: int(slices.Min(labels)), Most: int(slices.Max(labels))}
}

// LabelsFrom gives labels that are counted from first as a copy that is counted from 0, as Classes is. The labels of
// EMNIST's letters are counted from 1.
func LabelsFrom(first uint8, labels []uint8) ([]uint8, error) {
	fromZero := make([]uint8, len(labels))
	for i, label := range labels {
		if label < first {
			return nil, words.Errorf("label %d (counted from 0) is %d: labels that are counted from %d can't be less", i, label, first)
		}
		fromZero[i] = label - first
	}
	return fromZero, nil
}
