// Vaelive computes for what is alive on a page to read: it gives JavaScript an object vaelive with a few functions, and goes on as
// long as the page is there. Package live does the work.
//
//	network(bytes)                     half a network, as a number by which it is asked; or a text that says what is wrong
//	encode(n, pixels)                  its μ and log σ² for a picture of grey bytes
//	decode(n, code)                    the grey bytes of a code's picture
//	fine(μ, log σ²)                    what the mean and what the spread cost, in nats
//	bell(μ, log σ², a, b, n)           n heights of the bell from a to b
//	draws(μ, log σ², seed, n)          n draws, the n running means of log q − log p, and the standard error of the last
//	landscape(limit, a, b, nx, ny)     the fine on a grid: log σ² from b, the first row, down to a
//
// Lists of numbers come as Float64Array, bytes as Uint8Array. Elsewhere than in a browser there is nothing to build.
package main
