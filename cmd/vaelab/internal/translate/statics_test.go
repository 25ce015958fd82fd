package translate

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"vaelab/vaelib/check"
	"vaelab/vaelib/check/formula"
	"vaelab/vaelib/exercise"
	"vaelab/vaelib/exercise/losses"
)

// exercises are all of the course, whole: with their points, mistakes and formulas.
var exercises = []any{
	exercise.PCAAgainstAE, exercise.ReadTheMap, exercise.Reparameterise, exercise.FromAEToVAE,
	exercise.KLInOneDimension, exercise.SampledKL, exercise.SignError, exercise.KLGradient,
	exercise.KLInManyDimensions, exercise.KLFromLogVar, exercise.KLFromLogStd,
	exercise.ReconstructionFromLogits, exercise.GreyFloor, exercise.ELBO, exercise.TermsInTraining,
	exercise.CodeToDecode, losses.WriteTheLoss,
	exercise.EffectiveWeight, exercise.HiddenWeight, exercise.RecallAtWeight4, exercise.WeightSweep,
	exercise.CollapsedUnits, exercise.FreeBits, exercise.Annealing, exercise.LogWeight, exercise.ImportanceWeightedBound,
	exercise.LaplaceWeight, exercise.ChooseStyle, exercise.ClipsCompared, exercise.FreeNats, exercise.BalancedWeight,
	exercise.PartsOfTheKL, exercise.TotalCorrelation, exercise.K3Slope,
}

// Whatever an exercise or a quiz has to show in a field of its own is a message, however its source puts it together.
func TestEveryTextOfAnExerciseIsAMessage(t *testing.T) {
	messages := ofTheClone(t)
	all := shownBy(t)
	for _, c := range check.Confusions() {
		all = append(all, shown{"check", "Confusion", string(c)})
	}
	for _, s := range all {
		if messages[s.text] == nil {
			t.Errorf("%s, %s: no translator is asked for “%s”", s.of, s.field, s.text)
		}
	}
}

// A formula is read by its parser and shown as formulas are written, in any language.
func TestFormulasAreNoMessages(t *testing.T) {
	messages := ofTheClone(t)
	terms := 0
	for _, e := range exercises {
		walk(reflect.ValueOf(e), func(of reflect.Type, field, text string) {
			if !isFormula(of, field) {
				return
			}
			terms++
			if notes := messages[text]; slices.ContainsFunc(notes, func(n string) bool { return strings.Contains(n, "/exercise/") && !strings.Contains(n, "/quiz0") }) { // “1” is an option
				t.Errorf("a translator is asked for the formula %s: %v", text, notes)
			}
		})
	}
	if terms < 50 {
		t.Errorf("only %d terms of formulas are found", terms)
	}
}

func isFormula(of reflect.Type, field string) bool {
	return of == reflect.TypeFor[formula.Term]() && field == "Text"
}

// ofTheClone are the English texts that the extractor finds in this clone, and the files in which it does.
func ofTheClone(t *testing.T) map[string][]string {
	t.Helper()
	list, err := Library("../../../..")
	if err != nil {
		t.Fatal(err)
	}
	messages := map[string][]string{}
	for _, e := range list {
		if e.Context == "" {
			messages[e.ID] = e.Notes
		}
	}
	return messages
}

type shown struct{ of, field, text string }

// shownBy are the texts in the static fields of all exercises and quizzes.
func shownBy(t *testing.T) (list []shown) {
	t.Helper()
	all := slices.Clone(exercises)
	for _, q := range exercise.Quizzes() {
		all = append(all, q)
	}
	ids, fields := map[string]bool{}, map[string]bool{}
	for _, e := range all {
		id := reflect.ValueOf(e).Elem().FieldByName("ID").String()
		ids[id] = true
		walk(reflect.ValueOf(e), func(of reflect.Type, field, text string) {
			if text != "" && slices.Contains(static, field) && !isFormula(of, field) {
				fields[field] = true
				list = append(list, shown{id, field, text})
			}
		})
	}
	for _, e := range exercise.Course() {
		if !ids[e.ID] {
			t.Errorf("the exercise %s isn't among those whose texts are looked at", e.ID)
		}
	}
	for _, field := range static {
		if !fields[field] {
			t.Errorf("no exercise has a text in a field %s", field)
		}
	}
	return list
}

// walk goes through the texts that a value holds, each with the field in which it stands.
func walk(v reflect.Value, found func(of reflect.Type, field, text string)) {
	visited := map[uintptr]bool{}
	var into func(v reflect.Value, of reflect.Type, field string)
	into = func(v reflect.Value, of reflect.Type, field string) {
		switch v.Kind() {
		case reflect.String:
			found(of, field, v.String())
		case reflect.Pointer:
			if !v.IsNil() && !visited[v.Pointer()] {
				visited[v.Pointer()] = true
				into(v.Elem(), of, field)
			}
		case reflect.Interface:
			into(v.Elem(), of, field)
		case reflect.Slice, reflect.Array:
			for i := range v.Len() {
				into(v.Index(i), of, field)
			}
		case reflect.Struct:
			for i := range v.NumField() {
				into(v.Field(i), v.Type(), v.Type().Field(i).Name)
			}
		}
	}
	into(v, nil, "")
}
