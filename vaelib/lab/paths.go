package lab

import (
	"vaelab/vaelib/figure"
	"vaelab/vaelib/path"
)

// Paths draws paths of one scene over its obstacle: those that collide are dashed. Give it [Thick], and set several side by side with
// [figure.Beside].
func Paths(scene path.Scene, paths []path.Path, opts ...figure.Option) figure.Figure {
	routes := make([]figure.Route, len(paths))
	for i, p := range paths {
		routes[i] = route(scene, p)
	}
	o := scene.Obstacle
	return figure.Paths(figure.PathScene{Start: xy(scene.Start), Goal: xy(scene.Goal), Centre: xy(o.Centre), Radius: o.Radius}, routes, opts...)
}

// Thick has [Paths] draw one more path as a thick line with a name, such as what a decoder answers to z = 0.
func Thick(name string, scene path.Scene, p path.Path) figure.Option {
	return figure.Thick(name, route(scene, p))
}

func route(scene path.Scene, p path.Path) figure.Route {
	r := figure.Route{Clearance: scene.Obstacle.Clearance(p)}
	for _, at := range p {
		r.Points = append(r.Points, xy(at))
	}
	return r
}

func xy(p path.Point) [2]float64 { return [2]float64{p.X, p.Y} }
