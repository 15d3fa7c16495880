// A page that answered a form (data-page says where it can be opened anew) makes room for that page in the browser's history when it is sent
// again: Back leads to the form, and the browser need not ask whether to send the first attempt once more.
document.addEventListener("submit", (event) => {
  const { page } = document.body.dataset;
  if (page && !event.defaultPrevented && event.submitter?.formTarget !== "_blank") history.replaceState(null, "", page);
});
