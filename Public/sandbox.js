// Sends the form-post response without a click.
document.querySelector("form[data-submit-at-once]")?.submit();
