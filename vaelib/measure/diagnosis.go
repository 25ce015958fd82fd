package measure

import (
	"fmt"
	"strings"
)

// String is the diagnosis, with dimensions counted from 1 as z₁, z₂, … are.
func (u Usage) String() string {
	used, collapsed, idle := u.In(InUse), u.In(Collapsed), u.In(Idle)
	if len(u) == 0 {
		return "The code has no dimensions."
	}
	if len(collapsed) == len(u) {
		return u.name(collapsed, "has", "have") + " collapsed: every image’s posterior is the prior N(0, 1), " +
			"so the code tells nothing and the decoder can only ignore it."
	}
	who := fmt.Sprintf("%d of %d dimensions are", len(used), len(u))
	switch len(used) {
	case len(u):
		who = u.name(used, "is", "are")
	case 1:
		who = fmt.Sprintf("1 of %d dimensions is", len(u))
	}
	parts := []string{fmt.Sprintf("%s used, for a KL term of %.1f nats an image.", who, u.KL())}
	if len(collapsed) > 0 {
		parts = append(parts, u.name(collapsed, "has", "have")+" collapsed to the prior N(0, 1).")
	}
	if len(idle) > 0 {
		cost := 0.0
		for _, j := range idle {
			cost += u[j].KL
		}
		parts = append(parts, fmt.Sprintf("%s idle: the mean hardly varies, and yet %.2g nats are paid.", u.name(idle, "is", "are"), cost))
	}
	return strings.Join(parts, " ")
}

// name begins a sentence with these dimensions and the verb that they need.
func (u Usage) name(list []int, one, many string) string {
	switch {
	case len(u) == 1:
		return "The only dimension " + one
	case len(list) == len(u):
		return fmt.Sprintf("All %d dimensions %s", len(u), many)
	case len(list) == 1:
		return "Dimension " + numbers(list) + " " + one
	}
	return "Dimensions " + numbers(list) + " " + many
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
	return strings.Join(parts[:last], ", ") + " and " + parts[last]
}
