// JupyterLite knows a session by the name of its notebook, without the folder: the same notebook in another language, or with solutions,
// would be given its kernel, and then none.

/** tellApart has each notebook have a session of its own. sessions is JupyterLab's manager of them. */
export function tellApart(sessions) {
  const startNew = sessions.startNew.bind(sessions);
  sessions.startNew = (options, ...rest) => startNew({ ...options, name: options.path }, ...rest);
}
