// Package results writes finished runs as tidy tables, for whatever program reads tables: one line for each run and epoch, or one for
// each run and measure, as CSV or as JSON lines (one object a line).
//
// Every line names its run: the key, which is the name of its folder, the data with its digest, the backend, and all settings by the
// names that run.json has; those with parts are columns of their own, such as schedule_epochs. So tables of several studies can be put
// under one another. Losses are in nats an image, as the columns' names or the column unit say. Numbers are written so that they are
// read as the same float64 again.
package results
