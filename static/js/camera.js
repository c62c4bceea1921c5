// The camera of the phone reads the customer's code. It is asked for, and its decoder loaded, when somebody presses the button.
const dialog = document.querySelector("#camera");
const video = dialog.querySelector("video");
const picker = dialog.querySelector("select");
const torch = dialog.querySelector("[data-torch]");
const CHOSEN = "counter-camera";
const LOOK_AGAIN = 120;
const WIDEST = 800; // as much as a code held up needs
const canvas = document.createElement("canvas");
const context = canvas.getContext("2d", { willReadFrequently: true });
let stream = null;
let decode = null;
let last = "";

const says = (text) => { dialog.querySelector("[data-camera-says]").textContent = text; };
const remembered = () => { try { return localStorage.getItem(CHOSEN); } catch { return null; } };
const remember = (camera) => { try { localStorage.setItem(CHOSEN, camera); } catch { /* It is asked again next time. */ } };

const stop = () => {
  stream?.getTracks().forEach((track) => track.stop());
  stream = video.srcObject = null;
};

const read = () => {
  const scale = Math.min(1, WIDEST / video.videoWidth);
  canvas.width = video.videoWidth * scale;
  canvas.height = video.videoHeight * scale;
  context.drawImage(video, 0, 0, canvas.width, canvas.height);
  try {
    return decode(context.getImageData(0, 0, canvas.width, canvas.height));
  } catch {
    return ""; // Nothing that it can read: a miss throws.
  }
};

// The first decodes of a code that comes into the picture can be wrong: two alike are one opening.
const look = () => {
  if (!stream) return;
  const text = video.videoWidth ? read() : "";
  if (text && text === last) {
    close();
    document.dispatchEvent(new CustomEvent("counter:read", { detail: text }));
    return;
  }
  last = text || last;
  setTimeout(look, LOOK_AGAIN);
};

const opened = (camera) => navigator.mediaDevices.getUserMedia({
  audio: false,
  video: { ...(camera ? { deviceId: { exact: camera } } : { facingMode: "environment" }), width: { ideal: 1280 }, height: { ideal: 720 } },
});

const offerCameras = async (track) => {
  const cameras = (await navigator.mediaDevices.enumerateDevices()).filter((one) => one.kind === "videoinput");
  const present = track.getSettings().deviceId;
  picker.replaceChildren(...cameras.map((one, place) => new Option(one.label || `${place + 1}`, one.deviceId, false, one.deviceId === present)));
  picker.closest("label").hidden = cameras.length < 2;
  torch.hidden = !track.getCapabilities?.().torch;
  torch.setAttribute("aria-pressed", "false");
};

const start = async (camera) => {
  stop();
  last = "";
  try {
    stream = await opened(camera).catch(() => opened(null)); // The one that was chosen may be gone.
    video.srcObject = stream;
    await video.play();
    await offerCameras(stream.getVideoTracks()[0]);
    says(said("Hold the code into the picture."));
    look();
  } catch {
    stop();
    says(said("The camera cannot be used. Allow it in the browser’s settings for this page, or type the number."));
  }
};

const close = () => {
  stop();
  dialog.close();
};

picker.addEventListener("change", () => {
  remember(picker.value);
  start(picker.value);
});
torch.addEventListener("click", () => {
  const isOn = torch.getAttribute("aria-pressed") !== "true";
  stream?.getVideoTracks()[0].applyConstraints({ advanced: [{ torch: isOn }] }).then(() => torch.setAttribute("aria-pressed", isOn)).catch(() => { torch.hidden = true; });
});
dialog.querySelector("[data-close]").addEventListener("click", close);
dialog.addEventListener("close", stop);
document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && dialog.open && close());

window.counterCamera = async (decoder) => {
  dialog.showModal();
  says(said("The camera is being opened."));
  try {
    decode ??= (await import(decoder)).default;
  } catch {
    return says(said("The camera’s part of this page could not be loaded. Type the number, or try again with a connection."));
  }
  return start(remembered());
};
