package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"gonum.org/v1/gonum/stat"

	"vaelab/cmd/internal/bench"
	"vaelab/vaelib/figure"
)

// drawGrowth draws what the growth measurement has found, and tells how each axis grows.
func drawGrowth(_ context.Context, args []string) error {
	f := flag.NewFlagSet("bench draw", flag.ContinueOnError)
	from, out := f.String("from", "", "`file` with a list of points"), f.String("out", "", "`folder` for the pictures")
	if err := readFlags(f, args); err != nil {
		return err
	}
	text, err := os.ReadFile(*from)
	if err != nil {
		return err
	}
	var points []bench.Point
	if err := json.Unmarshal(text, &points); err != nil {
		return fmt.Errorf("%s holds no list of points: %w", *from, err)
	}
	if err := os.MkdirAll(*out, 0o755); err != nil {
		return err
	}
	low, high := math.Inf(1), 0.0 // the seconds of all axes, so that the pictures can be compared
	for _, p := range points {
		low, high = min(low, p.Seconds/1.2), max(high, p.Seconds*1.2)
	}
	for _, axis := range bench.Axes {
		var at, seconds, memory []float64
		for _, p := range points {
			if p.Axis == axis.Name {
				at, seconds, memory = append(at, float64(p.At)), append(seconds, p.Seconds), append(memory, p.Memory)
			}
		}
		if len(at) < 4 {
			continue
		}
		trend := bench.Trend{Axis: axis.Name}
		larger := len(at) / 2
		factor, exponent := powerLaw(at[larger:], seconds[larger:])
		base, slope := stat.LinearRegression(at, memory, nil, false)
		trend.Exponent, trend.Base, trend.Slope = exponent, base, 1000*slope
		if err := tell(trend); err != nil {
			return err
		}
		law := timeFigure(axis.Name, at, seconds, larger, factor, exponent, figure.YRange(low, high))
		both := figure.Beside(law, memoryFigure(axis.Name, at, memory, base, slope))
		if err := both.Save(filepath.Join(*out, "growth-"+axis.Name+".png")); err != nil {
			return err
		}
	}
	return nil
}

// Names of the axes, and the unit that their numbers are drawn in.
var growthAxes = map[string]struct {
	name string
	unit float64
}{
	"images": {"thousand training images", 1000}, "hidden": {"hidden width", 1},
	"latent": {"latent dimensions", 1}, "batch": {"images a step", 1},
}

// timeFigure shows the seconds of an epoch, where a power of the size is a straight line.
func timeFigure(axis string, at, seconds []float64, larger int, factor, exponent float64, more figure.Option) figure.Figure {
	unit := growthAxes[axis].unit
	law := func(x float64) float64 { return factor * math.Pow(x*unit, exponent) }
	x := scaled(at, unit)
	return figure.Plot(
		figure.Dots("measured", x, seconds),
		figure.Line(strings.Replace(fmt.Sprintf("size to the power of %.2f", exponent), "-", "−", 1), law, x[larger], x[len(x)-1]),
		figure.X(growthAxes[axis].name), figure.Y("seconds an epoch"), figure.LogX(), figure.LogY(), more,
		figure.Title("Time"))
}

// memoryFigure shows the peak of the whole process.
func memoryFigure(axis string, at, memory []float64, base, slope float64) figure.Figure {
	unit := growthAxes[axis].unit
	x := scaled(at, unit)
	return figure.Plot(
		figure.Dots("measured", x, memory),
		figure.Line(fmt.Sprintf("%.0f MB and %.3g MB for each 1,000", base, 1000*slope), func(x float64) float64 { return base + slope*unit*x }, 0, x[len(x)-1]),
		figure.X(growthAxes[axis].name), figure.Y("peak memory, MB"), figure.YRange(0, 1.1*slices.Max(memory)),
		figure.Title("Memory"))
}

// scaled divides each number by the unit that it is drawn in.
func scaled(x []float64, unit float64) []float64 {
	x = slices.Clone(x)
	for i := range x {
		x[i] /= unit
	}
	return x
}

// powerLaw fits y = factor·x^exponent by least squares on both logarithms.
func powerLaw(x, y []float64) (factor, exponent float64) {
	lx, ly := make([]float64, len(x)), make([]float64, len(y))
	for i := range x {
		lx[i], ly[i] = math.Log(x[i]), math.Log(y[i])
	}
	constant, slope := stat.LinearRegression(lx, ly, nil, false)
	return math.Exp(constant), slope
}
