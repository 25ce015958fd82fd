// Package classbench measures how many learners a machine carries: n of them at once execute a notebook, each with a kernel, a
// home folder and runs of their own. It takes each cell's time, and what all their processes need together.
//
//	learners ── notebook.Execute ──▶ cells' seconds ──┐
//	   │ processes                                    ├──▶ Round ──▶ Report ──▶ Table, JSON
//	   └── /proc ── family ──▶ memory, processor ─────┘
//
// Memory is the sum of proportional shares (PSS): a page that several processes have counts once. It and the processor's time
// are read from Linux's /proc.
package classbench
