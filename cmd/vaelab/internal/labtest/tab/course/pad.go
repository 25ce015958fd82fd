package course

import (
	"fmt"
	"testing"

	"vaelab/cmd/vaelab/internal/labtest/tab"
)

// Pad draws demonstrations while their cell runs, ends it, and finds them again when it runs once more, where the interrupt keeps what
// is there.
func Pad(t *testing.T, v *tab.Visitor) {
	cells := []string{"import (\n\t\"vaelab/vaelib/lab\"\n\t\"vaelab/vaelib/path\"\n\t\"vaelab/vaelib/show\"\n)",
		"%%\nshow.Check(lab.Demonstrate(path.Standard()))", "%%\nfmt.Println(\"in the file:\", len(show.Must(lab.Demonstrations(path.Standard()))))"}
	v.Write("pad.ipynb", cells...)
	var ok bool
	const page = `document.querySelector(".jp-Notebook").innerText`
	draw := func(places, says string, lines int) {
		t.Helper()
		v.Eval(fmt.Sprintf(`((...places) => {
	const square = document.querySelector("[id^=pad_] svg"), box = square.getBoundingClientRect();
	square.setPointerCapture = () => {}; // no real finger is down
	const send = (kind, [x, y]) => square.dispatchEvent(new PointerEvent(kind, {pointerId: 7, pointerType: "touch", button: 0, bubbles: true,
		clientX: box.left + x * box.width, clientY: box.top + (1 - y) * box.height}));
	send("pointerdown", places[0]);
	for (const place of places) send("pointermove", place);
	send("pointerup", places.at(-1));
	return true;
})(%s)`, places), &ok)
		v.Wait(says, fmt.Sprintf(`document.querySelector("[id^=pad_] [role=status]").textContent.includes(%q)
	&& document.querySelectorAll("[id^=pad_] [data-part=taken] polyline").length === %d`, says, lines))
	}
	press := func(what string) {
		v.Eval(fmt.Sprintf(`(document.querySelector("[id^=pad_] [data-do=%s]").click(), true)`, what), &ok)
	}
	const left, right, through = "[0.5, 0.05], [0.2, 0.3], [0.2, 0.7], [0.5, 0.95]", "[0.5, 0.05], [0.8, 0.3], [0.8, 0.7], [0.5, 0.95]", "[0.5, 0.05], [0.5, 0.95]"

	v.Begin(1)
	v.Wait("the square", `document.querySelector("[id^=pad_]")?.hidden === false`)
	draw(left, "✓ Taken (1 of 20)", 1)
	draw(through, "✗ The path touches the obstacle", 1)
	for i, way := range []string{right, left, right, left} {
		draw(way, fmt.Sprintf("✓ Taken (%d of 20)", i+2), i+2)
	}
	press("undo")
	v.Wait("one less", `document.querySelectorAll("[id^=pad_] [data-part=taken] polyline").length === 4`)
	v.Screenshot("pad.png")
	press("stop")
	v.Wait("the last words", page+`.includes("The drawing ended with 4 of 20, because Done was pressed") && `+page+`.includes("Kept: 4 paths, in /course/.vaelab/runs/paths.json.")`)
	tab.Says(t, "after the drawing", v.Run(2, 3)[0], "in the file: 4")

	v.Begin(1)
	v.Wait("what was drawn", `document.querySelectorAll("[id^=pad_] [data-part=taken] polyline").length === 4`)
	draw(right, "✓ Taken (5 of 20)", 5)
	v.Interrupt()
	v.Wait("the last words of the interrupt", page+`.includes("The drawing ended with 5 of 20, because the kernel was interrupted")`)
	tab.Says(t, "after the interrupt", v.Run(2, 3)[0], "in the file: 5")
	v.Clean()
}
