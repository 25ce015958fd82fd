// What a learner has probably forgotten, below the compiler's words in a cell's output. It is on the page alone, and not
// in the notebook's file.
export function hint(hints) {
  const look = (output) => {
    if (output.querySelector('.vaelab-hint') || !output.querySelector('.gonb-err-location')) return;
    for (const { sign, says } of hints) {
      if (!output.textContent.includes(sign)) continue;
      output.append(Object.assign(document.createElement('div'), { className: 'vaelab-hint', role: 'note', textContent: says }));
      return;
    }
  };
  new MutationObserver((changes) => {
    for (const change of changes) {
      for (const node of change.addedNodes) {
        if (!(node instanceof Element)) continue;
        const inside = node.closest('.jp-OutputArea-output');
        for (const output of inside ? [inside] : node.querySelectorAll('.jp-OutputArea-output')) look(output);
      }
    }
  }).observe(document.body, { childList: true, subtree: true });
}
