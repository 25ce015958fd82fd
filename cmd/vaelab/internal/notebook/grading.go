package notebook

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
)

// Tidy makes the notebook fit to be kept: it clears outputs and counts, drops cells' metadata but for tags, and marks
// the exercises for nbgrader. A cell with a solution is one that the learner edits; a cell that checks an answer is
// locked, and worth a point. So nobody writes nbgrader's metadata by hand.
func (b *Book) Tidy() error {
	seen := map[string]bool{}
	for i, c := range b.cells {
		id := c.id()
		switch {
		case !validID.MatchString(id):
			return fmt.Errorf("%s: cell %d has the id %q: give it one of letters, digits, - and _, at most 64", b.Path, i+1, id)
		case seen[id]:
			return fmt.Errorf("%s has two cells with the id %s: give each its own", b.Path, id)
		}
		seen[id] = true
		meta := map[string]any{}
		if tags, ok := c.metadata()["tags"]; ok {
			meta["tags"] = tags
		}
		if c.isCode() {
			c.fields["outputs"], c.fields["execution_count"] = []any{}, nil
			grading, err := b.grading(c)
			if err != nil {
				return err
			}
			if grading != nil {
				meta["nbgrader"] = grading
			}
		}
		c.fields["metadata"] = meta
	}
	return nil
}

// validID is what Jupyter allows as the id of a cell, and nbgrader as the name of an exercise.
var validID = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)

// checks finds the line of a cell that checks an answer, such as exercise.KLInOneDimension.Check(KL). The exercises on
// GoMLX's graphs are in a package of their own, losses.
var checks = regexp.MustCompile(`^[^/"` + "`" + `]*\b(exercise|losses)\..*\.Check\(`)

// grading is nbgrader's metadata for a code cell; nil if the cell is no exercise.
func (b *Book) grading(c cell) (map[string]any, error) {
	source := c.lines()
	_, solved, err := withoutSolutions(source)
	if err != nil {
		return nil, fmt.Errorf("%s, %w", b.at(c), err)
	}
	graded := false
	for _, line := range source {
		graded = graded || checks.MatchString(line)
	}
	if !solved && !graded {
		return nil, nil
	}
	if solved && graded {
		return nil, fmt.Errorf("%s has a solution and its check: put the check into a cell of its own, which nobody edits", b.at(c))
	}
	meta := map[string]any{"schema_version": json.Number("3"), "grade_id": c.id(),
		"solution": solved, "grade": graded, "locked": graded, "task": false}
	if graded {
		meta["points"] = json.Number("1")
	}
	return meta, nil
}

// Exercises counts the cells that check an answer.
func (b *Book) Exercises() int {
	n := 0
	for _, c := range b.cells {
		if grading, err := b.grading(c); err == nil && c.isCode() && grading["grade"] == true {
			n++
		}
	}
	return n
}

// settles finds the line of a cell that settles an exercise: it checks an answer, or compares a prediction with what was
// measured.
var settles = regexp.MustCompile(`^\s*(?:exercise\.|(losses\.))(\w+)\.(?:Check|Compare)\(`)

// ExerciseNames are the names of the notebook's exercises, predictions included, as the progress file has them: the
// variable's, with its package where that isn't exercise.
func (b *Book) ExerciseNames() []string {
	names := []string{}
	for _, c := range b.cells {
		for _, line := range c.lines() {
			if m := settles.FindStringSubmatch(line); m != nil && c.isCode() && !slices.Contains(names, m[1]+m[2]) {
				names = append(names, m[1]+m[2])
			}
		}
	}
	return names
}
