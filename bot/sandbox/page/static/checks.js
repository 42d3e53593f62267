// What Slack itself checks before it sends a modal to the app.

const REQUIRED = "Please complete this required field.";

export function elementsOf(view) {
  const found = [];
  for (const block of view.blocks || []) {
    for (const element of [block.element, block.accessory, ...(block.elements || [])]) {
      if (element?.action_id) found.push([block, element]);
    }
  }
  return found;
}

// Block id → sentence, for every input that cannot be sent.
export function problems(view, holder) {
  const found = {};
  for (const block of view.blocks || []) {
    if (block.type !== "input") continue;
    const words = problem(block, block.element || {}, holder);
    if (words) found[block.block_id] = words;
  }
  return found;
}

const FIELDS = {
  static_select: "option", external_select: "option", radio_buttons: "option", users_select: "user",
  conversations_select: "conversation", channels_select: "channel", datepicker: "date", timepicker: "time",
  datetimepicker: "date_time", checkboxes: "options", multi_static_select: "options", multi_external_select: "options",
  multi_users_select: "users", multi_conversations_select: "conversations", multi_channels_select: "channels",
};

function valueOf(block, element, holder) {
  const short = FIELDS[element.type];
  if (short) return holder.value(block, element, `selected_${short}`, element[`initial_${short}`] ?? null);
  if (element.type === "rich_text_input") return holder.value(
    block,
    element,
    "rich_text_value",
    element.initial_value ?? null,
  );
  if (element.type === "file_input") return holder.value(block, element, "files", []);
  return holder.value(block, element, "value", element.initial_value ?? "");
}

const isEmpty = (value) => value === null || value === undefined || value === "" || (Array.isArray(value) && !value.length);

function problem(block, element, holder) {
  const value = valueOf(block, element, holder);
  if (isEmpty(value)) return block.optional ? "" : REQUIRED;
  switch (element.type) {
    case "plain_text_input":
      return length(value, element);
    case "email_text_input":
      return /^\S+@\S+\.\S+$/.test(value) ? "" : "Enter a valid email address";
    case "url_text_input":
      return /^https?:\/\/\S+$/i.test(value) ? "" : "Enter a valid URL";
    case "number_input":
      return number(value, element);
    default:
      return "";
  }
}

function length(value, element) {
  if (element.min_length && value.length < element.min_length) return `Must be at least ${element.min_length} characters.`;
  return element.max_length && value.length > element.max_length ? `Must be at most ${element.max_length} characters.` : "";
}

function number(value, element) {
  if (!/^-?\d+(\.\d+)?$/.test(value) || (
    !element.is_decimal_allowed && value.includes(".")
  )) return "Enter a valid number";
  if (element.min_value !== undefined && Number(value) < Number(element.min_value)) return `Must be at least ${element.min_value}.`;
  return element.max_value !== undefined && Number(value) > Number(element.max_value) ? `Must be at most ${element.max_value}.` : "";
}
