const response = await fetch('/address');
postMessage((await response.text()).split(' ')[0]);
