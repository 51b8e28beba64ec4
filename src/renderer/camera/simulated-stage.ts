import type { SeenLight } from './simulated-light.ts';
import { FRAGMENT_SHADER, VERTEX_SHADER } from './simulated-shaders.ts';
import { VERTEX_LENGTH, type Surface } from './simulated-surface.ts';

/** How a surface takes light: shares of what makes a photo look as it was taken, linear. */
export interface Finish {
  readonly ambient: number;
  /** Of a white screen; 0 where the screen lights nothing. */
  readonly screen: number;
  /** Of a white screen's mirror image, where the surface looks straight to it. */
  readonly gloss: number;
}

/** Draws a surface under the screen's light into a canvas. */
export interface SimulatedStage {
  readonly canvas: HTMLCanvasElement;
  draw(light: SeenLight): void;
  /** Draws another surface from now on. */
  setSurface(surface: Surface): void;
  /** Replaces the photo: for a video, before every drawing. */
  setPhoto(photo: TexImageSource): void;
  close(): void;
}

/** Noise of a sensor in a lit room, in steps of 255, from end to end. */
const NOISE_STEPS = 4;
const GRAIN_SIDE = 256;

/** Numbers a vertex on its way to the shader: place, place in the photo, factor. */
const ATTRIBUTES = [
  { name: 'place', size: 3, offset: 0 },
  { name: 'photoPlace', size: 2, offset: 3 },
  { name: 'factor', size: 3, offset: 5 },
] as const;
const SHADED_LENGTH = 8;

/** What the photo's linear light is multiplied with at each vertex: ambient + screen × lit + gloss × shine. */
function createShader(surface: Surface, { ambient, screen, gloss }: Finish): (light: SeenLight) => Float32Array {
  const count = surface.vertices;
  const shaded = new Float32Array(SHADED_LENGTH * count);
  return ({ top, bottom, happenedAtMs }) => {
    const vertices = surface.at(happenedAtMs);
    for (let i = 0; i < count; i++) {
      const from = VERTEX_LENGTH * i;
      const to = SHADED_LENGTH * i;
      for (let n = 0; n < 5; n++) shaded[to + n] = vertices[from + n]!;
      const row = Math.min(1, Math.max(0, 0.5 - 0.5 * vertices[from + 1]!));
      const share = screen * vertices[from + 5]! + gloss * vertices[from + 6]!;
      for (const channel of [0, 1, 2] as const) {
        const light = top[channel] + row * (bottom[channel] - top[channel]);
        shaded[to + 5 + channel] = vertices[from + 7]! * (ambient + share * light);
      }
    }
    return shaded;
  };
}

function linkedProgram(gl: WebGL2RenderingContext): WebGLProgram | null {
  const program = gl.createProgram();
  for (const [type, source] of [
    [gl.VERTEX_SHADER, VERTEX_SHADER],
    [gl.FRAGMENT_SHADER, FRAGMENT_SHADER],
  ] as const) {
    const shader = gl.createShader(type);
    if (!shader) return null;
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  return gl.getProgramParameter(program, gl.LINK_STATUS) === true ? program : null;
}

function bindTriangles(gl: WebGL2RenderingContext, program: WebGLProgram, triangles: Uint16Array): void {
  gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, gl.createBuffer());
  gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, triangles, gl.STATIC_DRAW);
  gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
  for (const { name, size, offset } of ATTRIBUTES) {
    const location = gl.getAttribLocation(program, name);
    gl.enableVertexAttribArray(location);
    gl.vertexAttribPointer(location, size, gl.FLOAT, false, 4 * SHADED_LENGTH, 4 * offset);
  }
}

function bindTexture(gl: WebGL2RenderingContext, unit: number, filter: number): void {
  gl.activeTexture(gl.TEXTURE0 + unit);
  gl.bindTexture(gl.TEXTURE_2D, gl.createTexture());
  for (const name of [gl.TEXTURE_WRAP_S, gl.TEXTURE_WRAP_T]) gl.texParameteri(gl.TEXTURE_2D, name, gl.CLAMP_TO_EDGE);
  for (const name of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER]) gl.texParameteri(gl.TEXTURE_2D, name, filter);
}

function fillGrain(gl: WebGL2RenderingContext): void {
  const grain = new Uint8Array(4 * GRAIN_SIDE * GRAIN_SIDE);
  // No more than 65,536 bytes at a time.
  for (let at = 0; at < grain.length; at += 65_536) crypto.getRandomValues(grain.subarray(at, at + 65_536));
  gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA8, GRAIN_SIDE, GRAIN_SIDE, 0, gl.RGBA, gl.UNSIGNED_BYTE, grain);
}

/** Null where there is no WebGL 2, in hardware or software. */
export function createSimulatedStage(
  size: { readonly width: number; readonly height: number },
  surface: Surface,
  finish: Finish,
): SimulatedStage | null {
  const canvas = document.createElement('canvas');
  canvas.width = size.width;
  canvas.height = size.height;
  const gl = canvas.getContext('webgl2', { alpha: false, antialias: false });
  const program = gl && linkedProgram(gl);
  if (!gl || !program) return null;
  let drawn = surface;
  let shade = createShader(surface, finish);
  const uniform = (name: string): WebGLUniformLocation | null => gl.getUniformLocation(program, name);
  gl.useProgram(program);
  gl.enable(gl.DEPTH_TEST);
  gl.depthFunc(gl.LEQUAL);
  gl.clearColor(0.2, 0.2, 0.21, 1);
  bindTriangles(gl, program, surface.triangles);
  bindTexture(gl, 1, gl.NEAREST);
  fillGrain(gl);
  bindTexture(gl, 0, gl.LINEAR);
  gl.uniform1i(uniform('photo'), 0);
  gl.uniform1i(uniform('grain'), 1);
  gl.uniform1f(uniform('noise'), NOISE_STEPS / 255);
  const grainOffset = uniform('grainOffset');
  const anywhere = (): number => Math.floor(GRAIN_SIDE * Math.random());
  return {
    canvas,
    setSurface: (next) => {
      drawn = next;
      shade = createShader(next, finish);
      gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, next.triangles, gl.STATIC_DRAW);
    },
    setPhoto: (photo) => gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA8, gl.RGBA, gl.UNSIGNED_BYTE, photo),
    draw: (light) => {
      gl.bufferData(gl.ARRAY_BUFFER, shade(light), gl.STREAM_DRAW);
      gl.uniform2i(grainOffset, anywhere(), anywhere());
      gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT);
      gl.drawElements(gl.TRIANGLES, drawn.triangles.length, gl.UNSIGNED_SHORT, 0);
    },
    close: () => gl.getExtension('WEBGL_lose_context')?.loseContext(),
  };
}
