package path

import "vaelab/vaelib/words"

// Reach is how far, in widths of the picture, a drawn line may begin from the start and end from the goal: what a hand misses them by.
const Reach = 0.1

// Resample makes a path of a drawn line of any number of points, from 2 on: Points places at equal steps along it. When each point was
// drawn is not asked: where a hand rests is no part of a style. Start and goal are joined to the line's ends, if these lie within Reach,
// so that what was drawn stays where it was drawn.
//
// The error is a [*FieldError] about the scene, or a [*PathError]: about a line that ends elsewhere, leaves the picture or touches the
// obstacle, or that the fewer points would lead through the obstacle.
func Resample(line []Point, scene Scene) (Path, error) {
	if err := scene.Validate(); err != nil {
		return nil, err
	}
	if len(line) < 2 {
		return nil, &PathError{Want: words.Say("the path has %d of the 2 points that a line has at least: draw it from the start to the goal", len(line))}
	}
	if err := inPicture(line); err != nil {
		return nil, err
	}
	first, last := line[0], line[len(line)-1]
	switch {
	case first.to(scene.Goal) <= Reach && last.to(scene.Start) <= Reach:
		return nil, &PathError{1, first, words.Say("the path was drawn from the goal to the start: begin at the start, which is at %v", scene.Start)}
	case first.to(scene.Start) > Reach:
		return nil, &PathError{1, first, words.Say("it is more than %v from the start: begin there, at %v", Reach, scene.Start)}
	case last.to(scene.Goal) > Reach:
		return nil, &PathError{len(line), last, words.Say("it is more than %v from the goal: go on to there, to %v", Reach, scene.Goal)}
	}
	whole := append(append(Path{scene.Start}, line...), scene.Goal)
	if err := scene.Obstacle.untouched(whole); err != nil {
		return nil, err
	}
	p := whole.equalSteps()
	if scene.Obstacle.Clearance(p) <= 0 {
		return nil, &PathError{Want: words.Say("the path passes so close to the obstacle that with %d points it runs into it: keep farther away", Points)}
	}
	return p, nil
}

// equalSteps are Points places along the path, equally far from each other by its own length, its ends among them.
func (p Path) equalSteps() Path {
	length := 0.0
	for i := 1; i < len(p); i++ {
		length += p[i-1].to(p[i])
	}
	even := make(Path, Points)
	i, gone := 1, 0.0 // gone is the way to p[i-1]
	for k := range even {
		want := length * float64(k) / (Points - 1)
		for i < len(p)-1 && gone+p[i-1].to(p[i]) < want {
			gone += p[i-1].to(p[i])
			i++
		}
		t := 0.0
		if step := p[i-1].to(p[i]); step > 0 {
			t = min((want-gone)/step, 1)
		}
		even[k] = Point{p[i-1].X + t*(p[i].X-p[i-1].X), p[i-1].Y + t*(p[i].Y-p[i-1].Y)}
	}
	even[0], even[Points-1] = p[0], p[len(p)-1] // without rounding
	return even
}
