/** Looks through the camera until a QR code is seen. `stop` ends it early. Rejects where there is no camera to use. */
export async function watchCamera(
  video: HTMLVideoElement,
  scan: (frame: ImageData) => Promise<string | null>,
  seen: (text: string) => void,
): Promise<{ stop(): void }> {
  const stream = await navigator.mediaDevices.getUserMedia({
    video: { facingMode: "environment", width: { ideal: 1920 }, height: { ideal: 1080 } },
  });
  video.srcObject = stream;
  await video.play();
  let isOver = false;
  const stop = (): void => {
    isOver = true;
    for (const track of stream.getTracks()) track.stop();
    video.srcObject = null;
  };
  const look = async (): Promise<void> => {
    const text = await scan(frameOf(video)).catch(() => null);
    if (isOver) return;
    if (text !== null && /#?\d{100,}/.test(text)) {
      stop();
      seen(text);
    } else setTimeout(look, 120);
  };
  void look();
  return { stop };
}

function frameOf(video: HTMLVideoElement): ImageData {
  const canvas = document.createElement("canvas");
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (context === null) throw new Error("no canvas");
  context.drawImage(video, 0, 0);
  return context.getImageData(0, 0, canvas.width, canvas.height);
}
