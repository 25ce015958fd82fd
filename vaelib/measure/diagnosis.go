package measure

import (
	"fmt"
	"strings"

	"vaelab/vaelib/words"
)

// String is the diagnosis, with dimensions counted from 1 as z₁, z₂, … are.
func (u Usage) String() string {
	collapsed, idle := u.In(Collapsed), u.In(Idle)
	switch {
	case len(u) == 0:
		return words.Say("The code has no dimensions.")
	case len(collapsed) == len(u):
		return u.allCollapsed()
	}
	said := []string{u.used(len(u.In(InUse)))}
	switch len(collapsed) {
	case 0:
	case 1:
		said = append(said, words.Say("Dimension %s has collapsed to the prior N(0, 1).", numbers(collapsed)))
	default:
		said = append(said, words.Say("Dimensions %s have collapsed to the prior N(0, 1).", numbers(collapsed)))
	}
	if len(idle) > 0 {
		said = append(said, u.idle(idle))
	}
	return words.Sentences(said...)
}

func (u Usage) allCollapsed() string {
	if len(u) == 1 {
		return words.Say("The only dimension has collapsed: every image’s posterior is the prior N(0, 1), " +
			"so the code tells nothing and the decoder can only ignore it.")
	}
	return words.Say("All %d dimensions have collapsed: every image’s posterior is the prior N(0, 1), "+
		"so the code tells nothing and the decoder can only ignore it.", len(u))
}

// used says how many dimensions are in use, and what all of them cost.
func (u Usage) used(n int) string {
	switch {
	case n == len(u) && n == 1:
		return words.Say("The only dimension is used, for a KL term of %.1f nats an image.", u.KL())
	case n == len(u):
		return words.Say("All %d dimensions are used, for a KL term of %.1f nats an image.", len(u), u.KL())
	case n == 1:
		return words.Say("1 of %d dimensions is used, for a KL term of %.1f nats an image.", len(u), u.KL())
	}
	return words.Say("%d of %d dimensions are used, for a KL term of %.1f nats an image.", n, len(u), u.KL())
}

// idle tells of dimensions that cost nats for nothing.
func (u Usage) idle(list []int) string {
	cost := 0.0
	for _, j := range list {
		cost += u[j].KL
	}
	switch {
	case len(u) == 1:
		return words.Say("The only dimension is idle: the mean hardly varies, and yet %.2g nats are paid.", cost)
	case len(list) == len(u):
		return words.Say("All %d dimensions are idle: the mean hardly varies, and yet %.2g nats are paid.", len(u), cost)
	case len(list) == 1:
		return words.Say("Dimension %s is idle: the mean hardly varies, and yet %.2g nats are paid.", numbers(list), cost)
	}
	return words.Say("Dimensions %s are idle: the mean hardly varies, and yet %.2g nats are paid.", numbers(list), cost)
}

// numbers writes dimensions counted from 1, three and more in a row as 5–16.
func numbers(list []int) string {
	var parts []string
	for i := 0; i < len(list); {
		end := i
		for end+1 < len(list) && list[end+1] == list[end]+1 {
			end++
		}
		if end-i < 2 {
			end = i
			parts = append(parts, fmt.Sprint(list[i]+1))
		} else {
			parts = append(parts, fmt.Sprintf("%d–%d", list[i]+1, list[end]+1))
		}
		i = end + 1
	}
	last := len(parts) - 1
	if last == 0 {
		return parts[0]
	}
	return words.Say("%s and %s", strings.Join(parts[:last], words.Say(", ")), parts[last])
}
