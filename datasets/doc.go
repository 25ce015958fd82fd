// Package datasets brings in the images that the course trains on, and checks them on the way.
//
// There are three sets of 28 × 28 grey images in ten classes, each in a training and a test part:
//
//	fashion-mnist-sample   10,000 + 2,000   clothes; inside the module, opened in milliseconds
//	fashion-mnist          60,000 + 10,000  clothes, the whole set that the sample was drawn from
//	mnist                  60,000 + 10,000  handwritten digits
//
// [Sample] opens the first one and needs neither a network nor a file:
//
//	data, err := datasets.Sample()
//	coat := data.Train.OfEachClass(1).Gray(4)
//
// [Load] opens any of them by name. The four files of a whole set are looked for in this order:
//
//  1. the folder in [Options].Dir; when it is given, no other place is tried,
//  2. the user's cache, see [CacheDir],
//  3. the system's folder, where a Linux distribution puts them,
//  4. the mirrors on the web, from which they are downloaded into the cache.
//
// [Dataset].Binarised makes any of them black and white, by a threshold or by chance: what a likelihood in the
// literature is usually measured on.
//
// # Why you can trust what you get
//
// Mirrors compress the same files in different ways, so a sum over the compressed file says little. The
// catalogue holds the SHA-256 of the uncompressed contents of every file, and nothing is handed out that does not
// match it. A damaged file in the cache is fetched again; a damaged file in a folder that you named is an error,
// because it is yours to mend. [Dataset].Digest sums up what was read; [Dataset].Fingerprint sums up what a set holds
// now, and is what runs are keyed by.
//
// A download goes on where it was cut, also in the next program after this one was killed. Two programs that
// start at once download only once. A file appears under its name only when it is whole.
//
// # Pictures of your own
//
// [Pictures] makes a data set of a folder of PNG and JPEG files; [Folder] does, for a cell of a notebook. Each subfolder that
// holds pictures is a class, in the order of their names. A file's content says what it is, if its name ends in .png, .jpg or
// .jpeg. Of each picture the middle square is taken, in grey by its luminance, and scaled by the mean of the area that each new
// pixel covers; 16 bits are rounded to 8 once, at the end. What is transparent lies over black. A photograph is set upright as
// the tag Orientation of its JPEG file says. Light and dark stay as they are unless [PictureOptions].Invert is set: nothing is
// guessed.
//
// What gives the same image as another file is left out, so no image is both trained and tested on; pictures that are merely
// alike, such as two photographs of one moment, are not noticed, and may be. A [PictureReport] says what was left out, and why.
// Which pictures are kept for testing depends on their pixels and on a seed alone, and the data set's Name says nothing of the
// folder: a copy elsewhere gives the same runs.
//
// # The format
//
// An IDX file is a header of big-endian 32-bit numbers and then bytes: a magic number that says whether images
// (0x803) or labels (0x801) follow, the number of items, for images the height and the width, and the items
// without any gaps. [ReadIDX] reads a pair of such files, plain or gzip, and believes nothing that the header says
// before the bytes have arrived. A file that is something else, an IDX file of other numbers or a web page that was saved
// under its name, is a [*FormatError] that says what it is.
//
// EMNIST's files are read so too, with two things to mind. Its images lie on their side: [Images].Transposed sets them
// upright. The labels of its letters start at 1: give ReadIDX a name for the class 0 as well, or see [LabelsFrom].
//
// # Sharing
//
// All types here are plain values, and several goroutines may read one at once. [Images] share their pixels with every value
// that is assigned from them and with what First, Image, Gray and Pictures give: while one goroutine writes there, no other
// may read. Several goroutines may call [Load] and [Sample] at once; of two that download the same set, one waits.
//
// The zero values of the errors ([FormatError], [LabelError], [LoadError], [OptionError], [PairError], [PictureError]) are never
// returned, and an error that was returned does not change any more.
package datasets
