/* A key figure names one of the sources in the same form. Its choices follow the sources as they are written. */

const sources = document.getElementById("sources-group");

function choices() {
  return [...sources.querySelectorAll("tr.form-row:not(.empty-form)")].flatMap((row, place) => {
    const { title, number, DELETE } = fieldsOf(row);
    const key = row.id.replace("sources-", "");
    return title.value.trim() && !DELETE?.checked
      ? [{ key, text: `${number.value || place + 1}. ${title.value.trim()}` }]
      : [];
  });
}

function fieldsOf(row) {
  const fields = {};
  for (const field of row.querySelectorAll("input")) fields[field.name.split("-").pop()] = field;
  return fields;
}

function update() {
  const offered = choices();
  for (const select of document.querySelectorAll('select[data-cites="sources"]')) {
    const chosen = select.value;
    const [none] = select.options;
    select.replaceChildren(none, ...offered.map(({ key, text }) => new Option(text, key)));
    select.value = offered.some(({ key }) => key === chosen) ? chosen : "";
  }
}

if (sources) {
  sources.addEventListener("input", update);
  sources.addEventListener("change", update);
  document.addEventListener("formset:added", update);
  // Django gives the remaining rows new numbers after it tells that one is gone.
  document.addEventListener("formset:removed", () => setTimeout(update));
}
