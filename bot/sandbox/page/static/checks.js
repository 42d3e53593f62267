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
  datetimepicker: "date_time", checkboxes: "options",
  multi_static_select: "options", multi_external_select: "options",
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

const isEmpty = (value) => (Array.isArray(value) ? !value.length : [null, undefined, ""].includes(value));

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
  const { min_length: least, max_length: most } = element;
  if (least && value.length < least) return `Must be at least ${least} characters.`;
  return most && value.length > most ? `Must be at most ${most} characters.` : "";
}

function number(value, element) {
  if (!/^-?\d+(\.\d+)?$/.test(value) || (
    !element.is_decimal_allowed && value.includes(".")
  )) return "Enter a valid number";
  const { min_value: least, max_value: most } = element;
  if (least !== undefined && Number(value) < Number(least)) return `Must be at least ${least}.`;
  return most !== undefined && Number(value) > Number(most) ? `Must be at most ${most}.` : "";
}
