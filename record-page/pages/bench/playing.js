/** Tell the benchmark that this page plays. Other servers do not know the address, which does no harm. */
export function tellBench() {
  const run = new URLSearchParams(location.search).get("run");
  if (run) fetch(`/playing?run=${encodeURIComponent(run)}`).catch(() => {});
}
