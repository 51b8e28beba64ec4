process.parentPort.on('message', ({ data }) => {
  if (data.ask === 'exit') process.exit(data.code);
  console.log(`asked to ${data.ask}`);
  const bytes = data.bytes.map((byte) => byte * 2);
  process.parentPort.postMessage({ bytes, args: process.argv.slice(2), env: process.env.FIXTURE, type: process.type });
});
